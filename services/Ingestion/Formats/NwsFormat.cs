using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Cap;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Alerts of the US National Weather Service (api.weather.gov/alerts): CAP 1.2 as features of GeoJSON-LD, or as a list in <c>@graph</c>.
/// <c>properties.id</c> names an alert, as <c>identifier</c> does in the <c>references</c> of later ones. Onset, else <c>effective</c>, is
/// when it occurs, <c>sent</c> when it was published; it ends when the event <c>ends</c>, and only else when the message <c>expires</c>.
/// <list type="bullet">
/// <item>Status as in CAP; an alert without one is refused. Test messages and keep-alives are tests, whatever status they have.</item>
/// <item>Severity by <see cref="CapSeverity"/>. What is of the category Met, Geo, Env or Fire, or of none, is of the domain climate: the service
/// passes on civil emergencies too.</item>
/// <item>The geometry is mostly null, and zones (<c>geocode.UGC</c>) tell the area instead: they are attributes, and <c>areaDesc</c> is the
/// place, without coordinates. Only the prefixes of territories with a code of their own are countries: a marine zone of the Gulf of Mexico
/// (GM) is not in the Gambia. All else is in the United States.</item>
/// </list>
/// </summary>
internal sealed class NwsFormat : JsonFormat
{
    private static readonly JsonMembers Mapped = new(
        "@id", "@type", "id", "areaDesc", "geocode", "affectedZones", "references", "sent", "onset", "ends", "status", "messageType", "headline", "description",
        "instruction", "language", "parameters", "eventCode", "geometry");

    private static readonly JsonMembers None = new();
    private static readonly string[] Natural = ["Met", "Geo", "Env", "Fire"];
    private static readonly string[] Territories = ["AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"];
    private static readonly string[] Tests = ["Test Message", "Required Weekly Test", "Required Monthly Test", "National Periodic Test", "Practice/Demo Warning", "KEEPALIVE"];

    public override string Name => "nws";

    public override IReadOnlyList<string> ContentTypes => ["application/geo+json", "application/ld+json", "application/json", "text/json"];

    public override string Example => """
        {
          "type": "FeatureCollection",
          "features": [
            {
              "id": "https://api.weather.gov/alerts/urn:oid:2.49.0.1.840.0.example.001.1",
              "type": "Feature",
              "geometry": null,
              "properties": {
                "@type": "wx:Alert",
                "id": "urn:oid:2.49.0.1.840.0.example.001.1",
                "areaDesc": "Coastal Springfield",
                "geocode": { "SAME": ["006025"], "UGC": ["CAZ567"] },
                "references": [],
                "sent": "2026-11-22T08:00:00-08:00", "onset": "2026-11-22T10:00:00-08:00", "expires": "2026-11-22T18:00:00-08:00", "ends": null,
                "status": "Actual", "messageType": "Alert", "severity": "Severe", "certainty": "Likely", "urgency": "Expected",
                "event": "High Wind Warning", "headline": "High Wind Warning issued November 22", "description": "Gusts to 60 mph.", "instruction": "Stay inside."
              }
            }
          ]
        }
        """;

    protected override string[] Lists => ["features", "@graph"];

    public override bool Recognises(BodySample sample) => IsIn(sample);

    internal static bool IsIn(BodySample sample) =>
        IsAt(sample, "features[].properties.") || IsAt(sample, "@graph[].") || IsAt(sample, "[].properties.") || IsAt(sample, "properties.") || IsAt(sample, "");

    protected override void Map(JsonElement item, ReportBuilder report)
    {
        var (alert, at) = item.Member("properties").IsPresent() ? (item.Member("properties"), "/properties") : (item, "");
        report.ExternalId = alert.Text("id");
        if (report.ExternalId is null) report.Problem($"{at}/id", "the alert's id", "none");
        report.Title = alert.Text("headline") ?? alert.Text("event");
        report.Text = string.Join("\n\n", new[] { alert.Text("description"), alert.Text("instruction") }.OfType<string>());
        report.OccurredAt = Time(alert, at, "onset", report) ?? Time(alert, at, "effective", report);
        report.PublishedAt = Time(alert, at, "sent", report);
        report.ExpiresAt = Time(alert, at, "ends", report) ?? Time(alert, at, "expires", report);
        report.Url = alert.Text("@id") ?? item.Text("id");
        report.Language = alert.Text("language");
        report.Severity = CapSeverity.Of(alert.Text("severity"), alert.Text("urgency"), alert.Text("certainty"));
        if (!alert.Member("category").IsPresent() || alert.Texts("category").Any(category => Natural.Contains(category, StringComparer.OrdinalIgnoreCase))) report.Domain(Domain.Climate);
        MapMessage(alert, at, report);
        MapArea(item, alert, report);
        alert.Member("parameters").KeepRest(report, "parameters.", None);
        alert.Member("eventCode").KeepRest(report, "eventCode.", None);
        alert.KeepRest(report, "", Mapped);
    }

    private static void MapMessage(JsonElement alert, string at, ReportBuilder report)
    {
        report.Status = CapAlert.StatusOf(alert.Text("status") ?? "", $"{at}/status", report);
        report.Action = CapAlert.ActionOf(alert.Text("messageType") ?? "", $"{at}/messageType", report);
        if (IsTest(alert)) report.Status = ReportStatus.Test;
        report.Attribute("messageType", alert.Text("messageType"));
        foreach (var reference in alert.Each("references"))
            report.Reference(reference.Text("identifier") ?? reference.Text("@id")?.Split('/')[^1] ?? reference.Text());
    }

    private static bool IsTest(JsonElement alert) =>
        alert.Text("event") is { } name && Array.Exists(Tests, test => name.Equals(test, StringComparison.OrdinalIgnoreCase))
        || alert.Text("id")?.Contains("KEEPALIVE", StringComparison.OrdinalIgnoreCase) == true
        || alert.Text("headline")?.StartsWith("KEEPALIVE", StringComparison.OrdinalIgnoreCase) == true;

    private static void MapArea(JsonElement item, JsonElement alert, ReportBuilder report)
    {
        var geocode = alert.Member("geocode");
        var zones = geocode.Texts("UGC").Concat(alert.Texts("affectedZones").Select(zone => zone.Split('/')[^1])).Distinct().ToList();
        foreach (var zone in zones) report.Attribute("UGC", zone);
        foreach (var county in geocode.Texts("SAME")) report.Attribute("SAME", county);
        var countries = zones.ConvertAll(zone => zone.Length > 2 && Territories.Contains(zone[..2]) ? zone[..2] : "US").Distinct().DefaultIfEmpty("US").ToList();
        foreach (var country in countries) report.Country(country);
        var area = alert.Text("areaDesc");
        var (lat, lon) = GeoJsonGeometry.PointOf(item);
        report.Place(area, countries[0], lat, lon);
        if (area?.Length > ReportLimits.PlaceName) report.Attribute("areaDesc", area);
    }

    private static DateTimeOffset? Time(JsonElement alert, string at, string member, ReportBuilder report)
    {
        var text = alert.Text(member);
        var time = FeedTimes.OfIso(text);
        if (time is null && text is not null) report.Problem($"{at}/{member}", "a date-time (RFC 3339)", text);
        return time;
    }

    private static bool IsAt(BodySample sample, string alert) =>
        sample.Has(alert + "messageType") && (sample[alert + "@type"] == "wx:Alert" || (sample.Has(alert + "areaDesc") && sample.Has(alert + "certainty")));
}
