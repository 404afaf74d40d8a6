using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Events of IntelMQ (its data format, with flat dotted keys): one object, an array, or JSON lines. The title is made of
/// <c>classification.type</c>, the malware or identifier, and who is concerned; <c>event_description.text</c> and <c>.url</c> are text and
/// url, <c>time.source</c> is the time, the geolocation of source and destination the places, <c>tlp</c> the marking. The id is a digest
/// of the feed, its <c>raw</c> line and what the event is about; where the raw line was left out, a digest of the whole. The time of
/// observation moves whenever the feed is fetched anew, so it counts only where there is no other.
/// </summary>
internal sealed class IntelMqFormat : JsonFormat
{
    private static readonly string[] Identifying =
        ["feed.name", "feed.code", "raw", "classification.type", "source.ip", "source.network", "source.fqdn", "source.url", "source.account", "source.port", "destination.ip", "destination.fqdn", "destination.port"];

    private static readonly string[] Parties = ["url", "fqdn", "ip", "account", "network", "reverse_dns", "asn"];

    private static readonly FrozenSet<string> Mapped =
        FrozenSet.Create("raw", "event_description.text", "event_description.url", "time.source", "time.observation", "__type");

    public override string Name => "intelmq";

    public override IReadOnlyList<string> ContentTypes =>
        ["application/json", "text/json", "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"];

    public override string Example => """
        {
          "feed.name": "Harbour honeypots",
          "feed.accuracy": 90.0,
          "time.source": "2026-11-22T08:00:00+00:00",
          "time.observation": "2026-11-22T08:05:10+00:00",
          "classification.taxonomy": "malicious-code",
          "classification.type": "c2-server",
          "malware.name": "cranebot",
          "source.ip": "192.0.2.7",
          "source.port": 443,
          "source.geolocation.cc": "EE",
          "source.geolocation.city": "Tallinn",
          "source.geolocation.latitude": 59.44,
          "source.geolocation.longitude": 24.75,
          "event_description.text": "A command server of cranebot answers here.",
          "tlp": "AMBER",
          "raw": "MTkyLjAuMi43LDQ0Mw=="
        }
        """;

    protected override string[] Lists => [];

    public override bool Recognises(BodySample sample) => IsEvent(sample, "") || IsEvent(sample, "[].");

    protected override void Map(JsonElement item, ReportBuilder report)
    {
        // There are many fields, and each is asked for once or twice.
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in item.EnumerateObject())
            if (field.Value.Kept() is { } value) fields[field.Name] = value;
        if (fields.GetValueOrDefault("__type") is { } type and not "Event") report.Problem("/__type", "Event", type);
        if (fields.GetValueOrDefault("classification.type") is not { } kind) report.Missing("/classification.type", "the type of the event");
        else report.Title = TitleOf(fields, kind);
        report.ExternalId = IdOf(fields);
        report.Text = fields.GetValueOrDefault("event_description.text");
        report.Url = fields.GetValueOrDefault("event_description.url");
        report.OccurredAt = item.Time("time.source", report) ?? item.Time("time.observation", report);
        report.Domain(Domain.Cyber);
        if (fields.GetValueOrDefault("severity") is { } severity)
            report.Severity = severity.Equals("info", StringComparison.OrdinalIgnoreCase) ? Severity.Info : Cvss.Of(severity);
        if (fields.GetValueOrDefault("tlp") is { } label) report.Marking = new Marking { Tlp = Tlps.Of(label) };
        Locate(item, fields, "source.geolocation.", report);
        Locate(item, fields, "destination.geolocation.", report);
        foreach (var (name, value) in fields)
            if (!Mapped.Contains(name)) report.Attribute(name, value);
    }

    private static bool IsEvent(BodySample sample, string path) =>
        // A dotted name and a path of names look the same here.
        sample[path + "classification.type"] is { Length: > 0 } && !sample.Has(path + "classification")
        && (sample.Has(path + "time.observation") || sample.Has(path + "time.source") || sample.Has(path + "feed.name") || sample.Has(path + "feed.accuracy"));

    private static string TitleOf(Dictionary<string, string> fields, string type)
    {
        var about = fields.GetValueOrDefault("malware.name") ?? fields.GetValueOrDefault("classification.identifier");
        var title = about is null || about == type ? type : $"{type} {about}";
        var (source, destination) = (PartyOf(fields, "source."), PartyOf(fields, "destination."));
        return (source, destination) switch
        {
            (null, null) => title,
            (null, _) => $"{title}: {destination}",
            (_, null) => $"{title}: {source}",
            _ => $"{title}: {source} → {destination}",
        };
    }

    private static string? PartyOf(Dictionary<string, string> fields, string side)
    {
        foreach (var name in Parties)
            if (fields.GetValueOrDefault(side + name) is { } party) return party;
        return null;
    }

    private static string? IdOf(Dictionary<string, string> fields)
    {
        if (!fields.ContainsKey("raw")) return null;
        var identity = string.Join('\n', Identifying.Select(name => fields.GetValueOrDefault(name)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
    }

    private static void Locate(JsonElement item, Dictionary<string, string> fields, string side, ReportBuilder report)
    {
        var country = fields.GetValueOrDefault(side + "cc");
        report.Country(country);
        report.Place(fields.GetValueOrDefault(side + "city"), country, item.Number(side + "latitude"), item.Number(side + "longitude"));
    }
}
