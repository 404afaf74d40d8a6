using System.Net;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Alerting.Delivery;

/// <summary>What deliveries need of the configuration.</summary>
internal sealed record WebhookOptions(IReadOnlyList<IPNetwork> AllowedPrivateNetworks, Uri DashboardUrl)
{
    public const string NetworksSetting = "Webhooks:AllowedPrivateNetworks";

    /// <summary>
    /// Reads <c>Webhooks:AllowedPrivateNetworks</c> (CIDR blocks, none by default) and <c>Dashboard:PublicUrl</c>, the base of links in
    /// notifications.
    /// </summary>
    public static WebhookOptions Read(IConfiguration configuration)
    {
        var url = configuration["Dashboard:PublicUrl"] is { Length: > 0 } given ? given : "http://localhost:8080";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var dashboard) || dashboard.Scheme is not ("http" or "https"))
            throw new InvalidOperationException($"Dashboard:PublicUrl is '{url}', no web address; give the one under which operators reach the dashboard, such as http://localhost:8080.");
        return new(AddressGuard.ReadNetworks(configuration, NetworksSetting), dashboard);
    }

    public Uri LinkTo(Guid alert) => new($"{DashboardUrl.AbsoluteUri.TrimEnd('/')}/alerts/{alert}");
}
