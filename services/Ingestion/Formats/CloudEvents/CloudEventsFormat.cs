using System.Text.Json;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats.CloudEvents;

/// <summary>
/// CloudEvents (CNCF) 1.0 in all content modes of its HTTP protocol binding, and 0.3 in JSON: structured
/// (<c>application/cloudevents+json</c>, one event), batched (<c>application/cloudevents-batch+json</c>, an array of them, which may be
/// empty and are all of one version), and binary (the attributes in <c>ce-</c> headers, the data as the body, its content type the data's).
/// <para>The id is <c>source</c> and <c>id</c>, so that what is sent twice is a duplicate. Data that is a report in the system's own JSON is
/// that report, and whatever is wrong with it is wrong with the event; of other data the title is <c>subject</c> or <c>type</c>, and the
/// text the data itself. <c>time</c> is the time of the event, unless the report tells its own. All attributes are kept, extensions too, but
/// for those of tracing, which are new each time that an event is sent.</para>
/// <para>What is kept of an event in binary mode is the same event in structured mode.</para>
/// </summary>
internal sealed class CloudEventsFormat : JsonFormat
{
    private const string Structured = "application/cloudevents+json";
    private const string Batched = "application/cloudevents-batch+json";

    public override string Name => "cloudevents";

    public override IReadOnlyList<string> ContentTypes => [Structured, Batched, "application/json", "text/json"];

    /// <summary>In binary mode the content type is the data's. JSON is UTF-8 whatever charset is said of it (RFC 8259, section 11).</summary>
    public override bool ReadsAnyCharset => true;

    public override string Example => """
        {
          "specversion": "1.0",
          "type": "example.harbour.incident",
          "source": "https://harbour.example/monitoring",
          "id": "A-2026-11",
          "time": "2026-11-22T08:00:00Z",
          "subject": "port-of-tallinn",
          "datacontenttype": "application/json",
          "data": { "title": "Ransomware halts port of Tallinn", "hints": { "severity": "high" } }
        }
        """;

    protected override string[] Lists => [];

    /// <summary>Whether a content type, without parameters, is that of events, rather than of what an event carries.</summary>
    public static bool IsEvent(string contentType) => contentType.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase);

    public override bool Recognises(BodySample sample) => IsEvent(sample, "") || IsEvent(sample, "[].");

    protected override void Map(JsonElement item, ReportBuilder report) => Map(item, report, FormatLimits.Default);

    protected override void Map(JsonElement item, ReportBuilder report, FormatLimits limits) => CloudEvent.Map(item, report, limits);

    protected override IEnumerable<FeedItem> Read(FeedDocument document, FormatLimits limits)
    {
        var type = (document.Body.ContentType ?? "").Split(';', 2)[0].Trim();
        if (document.Body.EventAttributes.Count > 0 && !IsEvent(type)) return [BinaryEvent.Read(document, limits)];
        var start = document.Bytes.Span.IndexOfAnyExcept(" \t\r\n\uFEFF"u8);
        if (type.Equals(Structured, StringComparison.OrdinalIgnoreCase) && start >= 0 && document.Bytes.Span[start] == '[')
        {
            var bytes = document.Bytes[..Math.Min(document.Bytes.Length, limits.ItemBytes)].ToArray();
            return [new FeedItem { Index = 0, Raw = bytes, IsTruncated = bytes.Length < document.Bytes.Length, Problems = [new FormatProblem("", $"one event; several are {Batched}", "an array", start)] }];
        }
        var items = base.Read(document, limits);
        return type.Equals(Batched, StringComparison.OrdinalIgnoreCase) ? OfOneVersion(items, limits) : items;
    }

    private static bool IsEvent(BodySample sample, string path) => sample.Has(path + "specversion") && (sample.Has(path + "type") || sample.Has(path + "source"));

    /// <summary>HTTP binding, section 3.3.2: all events of a batch have the same version.</summary>
    private static IEnumerable<FeedItem> OfOneVersion(IEnumerable<FeedItem> items, FormatLimits limits)
    {
        string? first = null;
        foreach (var item in items)
        {
            var version = item.Report is null ? null : VersionOf(item.Raw, limits);
            first ??= version;
            yield return version is null || version == first ? item
                : item with { Report = null, Problems = [new FormatProblem("/specversion", $"{first}, as the first of the batch has", JsonText.Quote(version))] };
        }
    }

    private static string? VersionOf(byte[] item, FormatLimits limits)
    {
        using var json = JsonDocument.Parse(item, CloudEvent.Options(limits));
        return json.RootElement.Text("specversion");
    }
}
