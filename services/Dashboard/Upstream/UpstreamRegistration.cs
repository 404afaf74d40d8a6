using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Dashboard.Upstream;

internal static class UpstreamRegistration
{
    /// <summary>Adds the other services' APIs; reads <c>Services:Ingestion</c>, <c>Services:Classification</c> and <c>Services:Alerting</c>.</summary>
    public static void AddUpstream(this WebApplicationBuilder builder)
    {
        builder.AddService<AlertingApi>("Services:Alerting");
        builder.AddService<ClassificationApi>("Services:Classification");
        builder.AddService<IngestionApi>("Services:Ingestion");
        builder.Services.AddTransient<ServiceApis>();
    }

    private static void AddService<TApi>(this WebApplicationBuilder builder, string key) where TApi : ServiceApi
    {
        if (!Uri.TryCreate(builder.Configuration[key], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new InvalidOperationException($"{key} is not set or no web address; give the service's base address, such as http://localhost:8083.");
        builder.Services
            .AddHttpClient<TApi>(http =>
            {
                http.BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + '/');
                http.Timeout = TimeSpan.FromSeconds(10);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(2), UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler(services => new ServiceCalls(services.GetRequiredService<ApiTokens>(), "dashboard", OwnScopes));
    }

    /// <summary>For what the dashboard asks on its own behalf: the board, and what services gave up on.</summary>
    private static readonly string[] OwnScopes = [Scopes.AlertsRead, Scopes.IncidentsRead, Scopes.ReportsRead];
}
