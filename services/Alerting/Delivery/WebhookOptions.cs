using System.Net;

namespace Monitoring.Alerting.Delivery;

/// <summary>What deliveries need of the configuration.</summary>
internal sealed record WebhookOptions(IReadOnlyList<IPNetwork> AllowedPrivateNetworks, Uri DashboardUrl)
{
    /// <summary>
    /// Reads <c>Webhooks:AllowedPrivateNetworks</c> (CIDR blocks, none by default) and <c>Dashboard:PublicUrl</c>, the base of links in
    /// notifications.
    /// </summary>
    public static WebhookOptions Read(IConfiguration configuration)
    {
        var networks = configuration.GetSection("Webhooks:AllowedPrivateNetworks").Get<string[]>() ?? [];
        var url = configuration["Dashboard:PublicUrl"] is { Length: > 0 } given ? given : "http://localhost:8080";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var dashboard) || dashboard.Scheme is not ("http" or "https"))
            throw new InvalidOperationException($"Dashboard:PublicUrl is '{url}', no web address; give the one under which operators reach the dashboard, such as http://localhost:8080.");
        return new([.. networks.Where(network => network.Length > 0).Select(Parse)], dashboard);
    }

    public Uri LinkTo(Guid alert) => new($"{DashboardUrl.AbsoluteUri.TrimEnd('/')}/alerts/{alert}");

    private static IPNetwork Parse(string text) => IPNetwork.TryParse(text, out var network)
        ? network
        : throw new InvalidOperationException($"Webhooks:AllowedPrivateNetworks has '{text}', which is no network; give CIDR blocks such as 127.0.0.0/8.");
}
