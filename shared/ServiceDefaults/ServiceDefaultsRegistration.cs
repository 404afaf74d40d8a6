using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Monitoring.ServiceDefaults.Bus;
using Monitoring.ServiceDefaults.Failures;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Storage;
using Monitoring.ServiceDefaults.Telemetry;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.ServiceDefaults;

/// <summary>What every service is made on.</summary>
public static class ServiceDefaultsRegistration
{
    /// <summary>
    /// Adds logs, telemetry, the database with its migrations, the bus with its outbox, health, tokens, problems and OpenAPI.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="service">The service's name, which is also its schema's and its role's.</param>
    /// <param name="listen">What the service listens to.</param>
    public static void AddServiceDefaults<TDb>(this WebApplicationBuilder builder, string service, Action<BusListeners>? listen = null) where TDb : ServiceDbContext
    {
        builder.AddLogs(service);
        builder.AddTelemetry(service);
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(15));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabase<TDb>(builder.Configuration.GetConnectionString("Postgres"), service);
        builder.Services.AddSingleton<FailedItems>();
        builder.Services.AddHealth();
        builder.Services.AddTokens();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.AllowDuplicateProperties = false;
            options.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
            options.SerializerOptions.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow;
        });
        // A body that does not fit is told by its field and reason, also outside development.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddOpenApi();
        builder.AddBus(service, listen);
    }

    /// <summary>Adds the middleware and the endpoints that go with <see cref="AddServiceDefaults"/>; call it before mapping others.</summary>
    public static void MapServiceDefaults(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(RefuseUntilReadyAsync);
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapOpenApi().RequireAuthorization();
    }

    private static Task RefuseUntilReadyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.RequestServices.GetRequiredService<DatabaseReady>().IsReady || context.Request.Path.StartsWithSegments("/health")) return next(context);
        var problem = ExceptionProblems.Unavailable(context, "The service waits for its database. Try again.");
        return TypedResults.Problem(problem).ExecuteAsync(context);
    }
}
