using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monitoring.ServiceDefaults.Tokens;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Monitoring.ServiceDefaults.Telemetry;

internal static class TelemetryRegistration
{
    private const string TextTemplate = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Service} {TraceId} {Message:lj}{NewLine}{Exception}";

    /// <summary>Logs to the console: <c>Logs:Format</c> is <c>text</c> (default) or <c>json</c>. Levels by <c>Serilog:MinimumLevel</c>.</summary>
    public static void AddLogs(this IHostApplicationBuilder builder, string service)
    {
        var format = builder.Configuration["Logs:Format"] ?? "text";
        if (format is not ("text" or "json")) throw new InvalidOperationException($"Logs:Format is '{format}'; give text or json.");
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // Whoever ran the command gets the exception, and knows whether it was expected.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Database.Command", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override(typeof(TokenAuthentication).FullName!, LogEventLevel.Warning)
            // A broker that is away fills pages with stack traces; the outbox relay says it once, in a sentence.
            .MinimumLevel.Override("MassTransit", LogEventLevel.Error)
            .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.WithProperty("Service", service);
        configuration = format == "json" ? configuration.WriteTo.Console(new JsonFormatter(renderMessage: true)) : configuration.WriteTo.Console(outputTemplate: TextTemplate);
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(configuration.CreateLogger(), dispose: true);
    }

    /// <summary>Exports traces and metrics by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, as the OpenTelemetry specification names it.</summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder, string service)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        var resource = ResourceBuilder.CreateDefault().AddService($"monitoring-{service}");
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Trace.SourceName, "MassTransit", "Npgsql", "Microsoft.AspNetCore", "System.Net.Http")
            .AddOtlpExporter()
            .Build());
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Metrics.MeterName, "MassTransit", "Npgsql", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime")
            .AddOtlpExporter()
            .Build());
        builder.Services.AddHostedService<TelemetryExport>();
    }

    /// <summary>Makes the providers when the host starts, and so ends and flushes them when its services are disposed.</summary>
    private sealed class TelemetryExport(TracerProvider traces, MeterProvider metrics) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush(timeoutMilliseconds: 2_000);
            metrics.ForceFlush(timeoutMilliseconds: 2_000);
            return Task.CompletedTask;
        }
    }
}
