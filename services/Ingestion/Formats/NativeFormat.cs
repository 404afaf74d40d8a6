using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>The system's own report as JSON: one object or an array of them, or NDJSON, an object a line.</summary>
internal sealed class NativeFormat(bool lines) : FeedFormat
{
    public override string Name => lines ? "ndjson" : "json";

    public override IReadOnlyList<string> ContentTypes =>
        lines ? ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"] : ["application/json", "text/json"];

    public override string Example => lines
        ? """
        {"externalId":"abc-1","title":"Ransomware halts port of Tallinn","hints":{"severity":"high"}}
        {"externalId":"abc-2","title":"Port of Tallinn works again","action":"update","references":["abc-1"]}

        """
        : """
        {
          "externalId": "abc-1",
          "title": "Ransomware halts port of Tallinn",
          "text": "Cranes stand still since the early morning.",
          "occurredAt": "2026-11-22T08:00:00Z",
          "url": "https://news.example/abc-1",
          "language": "en",
          "status": "actual",
          "action": "new",
          "places": [{ "name": "Tallinn", "country": "EE", "lat": 59.44, "lon": 24.75 }],
          "hints": { "domains": ["cyber"], "severity": "high", "countries": ["EE"] },
          "marking": { "tlp": "AMBER", "releasableTo": ["NATO"] },
          "attributes": { "desk": "baltic" }
        }
        """;

    public override IAsyncEnumerable<FeedItem> ReadAsync(FeedBody body, FormatLimits limits, CancellationToken cancellationToken = default) =>
        JsonItems.ReadAsync(body.Reader, lines, limits, frame => NativeReport.Parse(frame, limits), cancellationToken);
}
