using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Dashboard.Live;

/// <summary>What every frame says beside its rows; <c>Quiet</c> only where it is new to the reader.</summary>
internal sealed record BoardMoment(string Board, long Sequence, Counters Counters, int Matching, BoardRow? Rest, bool IsStale, string? Quiet);

/// <summary>
/// Writes server-sent events (WHATWG HTML, section 9.2): <c>snapshot</c> (all rows of a view) and <c>changes</c> (rows to put in or replace,
/// ids to take away), each with the id <c>board-sequence</c> and one JSON object as data; and <c>beat</c>, the sign of life.
/// </summary>
internal static class BoardFrames
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Frame Beat { get; } = new(Encoding.UTF8.GetBytes(": heartbeat\nevent: beat\ndata: {}\n\n"));

    public static string EventId(string board, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{board}-{sequence}");

    public static Frame Snapshot(BoardMoment moment, IReadOnlyCollection<BoardRow> rows) => Write("snapshot", moment, rows, []);

    public static Frame Changes(BoardMoment moment, ViewChange change) => Write("changes", moment, change.Rows, change.Removed);

    private static Frame Write(string name, BoardMoment moment, IReadOnlyCollection<BoardRow> rows, IReadOnlyCollection<Guid> removed)
    {
        var buffer = new ArrayBufferWriter<byte>(512 + rows.Count * 1_024);
        Encoding.UTF8.GetBytes($"id: {EventId(moment.Board, moment.Sequence)}\nevent: {name}\ndata: ", buffer);
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", moment.Sequence);
            json.WriteStartObject("counters");
            WriteCounters(json, moment.Counters);
            json.WriteEndObject();
            json.WriteNumber("matching", moment.Matching);
            json.WriteString("more", moment.Rest is { } rest ? new Cursor(rest.CreatedAt, rest.Id).ToString() : null);
            json.WriteBoolean("stale", moment.IsStale);
            if (moment.Quiet is { } quiet) json.WriteString("quiet", quiet);
            json.WriteStartArray("rows");
            foreach (var row in rows)
            {
                json.WriteStartObject();
                json.WriteString("id", row.Id);
                json.WriteNumber("version", row.Version);
                json.WriteString("html", RowHtml.Of(row));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("removed");
            foreach (var id in removed) json.WriteStringValue(id);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        buffer.Write("\n\n"u8);
        return new(buffer.WrittenSpan.ToArray());
    }

    private static void WriteCounters(Utf8JsonWriter json, Counters counters)
    {
        json.WriteNumber("open", counters.Open);
        json.WriteNumber("failures", counters.Failures);
        WriteCounts<AlertState>(json, "state", state => counters[state]);
        WriteCounts<Severity>(json, "severity", severity => counters[severity]);
        WriteCounts<Domain>(json, "domain", domain => counters[domain]);
    }

    private static void WriteCounts<T>(Utf8JsonWriter json, string name, Func<T, int> count) where T : struct, Enum
    {
        json.WriteStartObject(name);
        foreach (var value in Enum.GetValues<T>()) json.WriteNumber(Wire<T>.Name(value), count(value));
        json.WriteEndObject();
    }
}
