using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Earthquakes as the USGS publishes them (GeoJSON summary feeds, earthquake.usgs.gov/earthquakes/feed/v1.0/geojson.php). The feature's
/// <c>id</c> names it; <c>time</c> is in milliseconds; coordinates are longitude, latitude, depth in km.
/// <list type="bullet">
/// <item>Severity by the PAGER <c>alert</c> colour: red critical, orange high, yellow medium, green low. Where there is none, as for most,
/// by magnitude: from 8 critical, from 7 high, from 6 medium, from 4.5 low, else info.</item>
/// <item>Natural events are of the domain climate (natural hazards). Blasts, collapses and the like are of none, and info; a nuclear
/// explosion is military, and high.</item>
/// <item>One event has the ids of several networks, any of which may become the first: the others are references.</item>
/// <item><c>status</c>, in either case of letters, is automatic, reviewed, or deleted, which cancels.</item>
/// <item><c>updated</c> moves with every new product, as do the list of them and the figures of the solution (<c>types</c>, <c>nst</c>,
/// <c>dmin</c>, <c>rms</c>, <c>gap</c>), and, whenever somebody tells that they felt it, <c>felt</c>, <c>cdi</c>, <c>mmi</c>, <c>sig</c> and
/// <c>sources</c>: they are left out, so that only what matters makes a revision.</item>
/// </list>
/// </summary>
internal sealed class UsgsFormat : JsonFormat
{
    private static readonly JsonMembers LeftOut = new(
        "title", "place", "time", "url", "status", "updated", "types", "nst", "dmin", "rms", "gap", "tz", "detail", "code", "net",
        "felt", "cdi", "mmi", "sig", "sources");

    public override string Name => "usgs";

    public override IReadOnlyList<string> ContentTypes => ["application/geo+json", "application/vnd.geo+json", "application/json", "text/json"];

    public override string Example => """
        {
          "type": "FeatureCollection",
          "features": [
            {
              "type": "Feature",
              "id": "us7000example",
              "properties": {
                "mag": 6.1, "place": "20 km S of Springfield", "time": 1795334400000, "updated": 1795335000000, "url": "https://quakes.example/us7000example",
                "felt": 12, "alert": "yellow", "status": "reviewed", "tsunami": 0, "sig": 640, "net": "us", "code": "7000example", "ids": ",us7000example,ci400,",
                "magType": "mww", "type": "earthquake", "title": "M 6.1 - 20 km S of Springfield"
              },
              "geometry": { "type": "Point", "coordinates": [24.75, 59.44, 10] }
            }
          ]
        }
        """;

    protected override string[] Lists => ["features"];

    public override bool Recognises(BodySample sample) => IsIn(sample);

    internal static bool IsIn(BodySample sample) => IsAt(sample, "features[].properties") || IsAt(sample, "properties") || IsAt(sample, "[].properties");

    protected override void Map(JsonElement item, ReportBuilder report)
    {
        var properties = item.Member("properties");
        var (magnitude, place, status) = (properties.Number("mag"), properties.Text("place"), properties.Text("status")?.ToLowerInvariant());
        report.ExternalId = item.Text("id");
        if (report.ExternalId is null) report.Problem("/id", "the event's id", "none");
        report.Title = properties.Text("title") ?? $"M {properties.Text("mag") ?? "?"} - {place}";
        report.OccurredAt = FeedTimes.OfEpoch(properties.Number("time"), inMilliseconds: true);
        if (report.OccurredAt is null) report.Problem("/properties/time", "milliseconds since 1970", properties.Text("time") ?? "");
        report.Url = properties.Text("url");
        if (status == "deleted") report.Action = ReportAction.Cancel;
        report.Attribute("status", status);
        var (lat, lon) = GeoJsonGeometry.PointOf(item);
        report.Place(place, lat: lat, lon: lon);
        report.Attribute("depth", GeoJsonGeometry.HeightOf(item));
        foreach (var id in (properties.Text("ids") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (id != report.ExternalId) report.Reference(id);
        Judge(properties, magnitude, report);
        properties.KeepRest(report, "", LeftOut);
    }

    private static void Judge(JsonElement properties, double? magnitude, ReportBuilder report)
    {
        switch (properties.Text("type")?.ToLowerInvariant())
        {
            case null or "earthquake" or "landslide" or "rockslide" or "ice quake" or "snow avalanche" or "debris avalanche" or "volcanic eruption" or "volcanic explosion":
                report.Domain(Domain.Climate);
                report.Severity = properties.Text("alert") is { } alert ? OfAlert(alert) : OfMagnitude(magnitude);
                break;
            case "nuclear explosion":
                report.Domain(Domain.Military);
                report.Severity = Severity.High;
                break;
            default:
                report.Severity = Severity.Info;
                break;
        }
    }

    private static Severity? OfAlert(string colour) => colour.ToLowerInvariant() switch
    {
        "red" => Severity.Critical,
        "orange" => Severity.High,
        "yellow" => Severity.Medium,
        "green" => Severity.Low,
        _ => null,
    };

    private static Severity? OfMagnitude(double? magnitude) => magnitude switch
    {
        null => null,
        >= 8 => Severity.Critical,
        >= 7 => Severity.High,
        >= 6 => Severity.Medium,
        >= 4.5 => Severity.Low,
        _ => Severity.Info,
    };

    private static bool IsAt(BodySample sample, string properties) => sample.Has($"{properties}.mag") && sample.Has($"{properties}.ids") && sample.Has($"{properties}.magType");
}
