using System.Collections.Frozen;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Features of GeoJSON (RFC 7946, sections 3.2 and 3.3), whose properties are anybody's: the first of the usual names that has a value is
/// taken (<see cref="Mapped"/> lists them), and all others are attributes. The feature's <c>id</c>, a string or a number, else the property
/// <c>id</c>, names it. Numbers are times since 1970, from 10^11 on in milliseconds. Positions are longitude, latitude; of a shape one
/// point stands for it (<see cref="GeoJsonGeometry"/>). A severity counts if it is one of our words, a country if it is a code.
/// </summary>
internal sealed class GeoJsonFormat : JsonFormat
{
    private static readonly string[] Ids = ["id", "uuid", "guid"];
    private static readonly string[] Titles = ["title", "headline", "name", "event", "label"];
    private static readonly string[] Texts = ["description", "text", "summary", "body", "content"];
    private static readonly string[] Occurrences = ["time", "datetime", "timestamp", "date", "occurredAt", "event_time", "eventTime", "start", "onset"];
    private static readonly string[] Publications = ["published", "publishedAt", "date_published", "pubDate", "sent", "created"];
    private static readonly string[] Ends = ["expires", "expiresAt", "end", "ends"];
    private static readonly string[] Addresses = ["url", "link", "href"];
    private static readonly string[] Languages = ["language", "lang"];
    private static readonly string[] Places = ["place", "location", "areaDesc", "address"];
    private static readonly string[] CountryNames = ["country", "countryCode", "country_code", "iso2", "iso_a2", "iso3", "iso_a3"];

    private static readonly FrozenSet<string> Mapped =
        FrozenSet.Create([.. Ids, .. Titles, .. Texts, .. Occurrences, .. Publications, .. Ends, .. Addresses, .. Languages, .. Places, .. CountryNames, "severity"]);

    public override string Name => "geojson";

    public override IReadOnlyList<string> ContentTypes => ["application/geo+json", "application/vnd.geo+json", "application/json", "text/json"];

    public override string Example => """
        {
          "type": "FeatureCollection",
          "features": [
            {
              "type": "Feature",
              "id": 17,
              "geometry": { "type": "Point", "coordinates": [24.75, 59.44] },
              "properties": { "title": "Oil slick off Tallinn", "description": "Two miles long.", "time": "2026-11-22T08:00:00Z", "severity": "medium", "country": "EE", "vessel": "unknown" }
            }
          ]
        }
        """;

    protected override string[] Lists => ["features"];

    public override bool Recognises(BodySample sample) =>
        ((sample["type"] == "FeatureCollection" && sample.Has("features")) || IsFeature(sample, "") || IsFeature(sample, "[].") || sample["features[].type"] == "Feature")
        && !UsgsFormat.IsIn(sample) && !NwsFormat.IsIn(sample);

    protected override void Map(JsonElement item, ReportBuilder report)
    {
        var properties = item.Member("properties");
        var rest = new Leftovers(properties, report);
        report.ExternalId = item.Text("id") ?? rest.Text(Ids);
        report.Title = rest.Text(Titles);
        report.Text = HtmlText.Of(rest.Text(Texts));
        report.OccurredAt = rest.Time(Occurrences);
        report.PublishedAt = rest.Time(Publications);
        report.ExpiresAt = rest.Time(Ends);
        report.Url = rest.Text(Addresses);
        report.Language = rest.Text(Languages);
        if (Wire<Severity>.TryParse(properties.Text("severity")?.ToLowerInvariant(), out var severity)) report.Severity = severity;
        else report.Attribute("severity", properties.Text("severity"));
        var (lat, lon) = GeoJsonGeometry.PointOf(item);
        var country = rest.Country(CountryNames);
        report.Place(rest.Text(Places), country, lat, lon);
        report.Country(country);
    }

    private static bool IsFeature(BodySample sample, string path) => sample[path + "type"] == "Feature" && (sample.Has(path + "geometry") || sample.Has(path + "properties"));

    /// <summary>Takes properties by their usual names; what is there but is not taken stays as an attribute.</summary>
    private sealed class Leftovers
    {
        private readonly Dictionary<string, JsonElement> known = new(StringComparer.Ordinal);
        private readonly ReportBuilder report;

        public Leftovers(JsonElement properties, ReportBuilder report)
        {
            this.report = report;
            if (properties.ValueKind != JsonValueKind.Object) return;
            foreach (var property in properties.EnumerateObject())
            {
                if (Mapped.Contains(property.Name)) known[property.Name] = property.Value;
                else report.Attribute(property.Name, property.Value.Kept());
            }
        }

        public string? Text(string[] names) => Take(names, value => value.Text());

        public DateTimeOffset? Time(string[] names)
        {
            DateTimeOffset? time = null;
            Take(names, value => (time = TimeOf(value)) is null ? null : "");
            return time;
        }

        public string? Country(string[] names) => Take(names, value => CodeOf(value.Text()));

        private string? Take(string[] names, Func<JsonElement, string?> read)
        {
            string? taken = null;
            foreach (var name in names)
            {
                if (!known.TryGetValue(name, out var value) || (taken is null && (taken = read(value)) is not null)) continue;
                report.Attribute(name, value.Kept());
            }
            return taken;
        }

        private static DateTimeOffset? TimeOf(JsonElement value) => value.ValueKind == JsonValueKind.Number
            ? FeedTimes.OfEpoch(value.Number(), inMilliseconds: Math.Abs(value.Number() ?? 0) >= 1e11)
            : FeedTimes.OfMail(value.Text());

        private static string? CodeOf(string? code) => code?.Trim() switch
        {
            { Length: 2 } two when World.Countries.IsKnown(two.ToUpperInvariant()) => two.ToUpperInvariant(),
            { Length: 3 } three => CountryCodes.OfAlpha3(three),
            _ => null,
        };
    }
}
