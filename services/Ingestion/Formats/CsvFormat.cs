using System.Globalization;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Tables;
using Monitoring.World;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// A feed's own table (RFC 4180, or delimited by semicolon, tab or bar). Which column is which field of the report stands with the feed
/// (<see cref="FeedBody.Columns"/>: field → header); where nothing does, columns that are named like fields are taken for them. The fields are
/// those of <see cref="Keys"/>; columns that are none become attributes. Texts are plain; <c>domains</c> are separated by comma, semicolon
/// or bar, <c>actors</c> by semicolon or bar; times are ISO 8601, and a country has two or three letters.
/// </summary>
internal sealed class CsvFormat : DocumentFormat
{
    public static readonly IReadOnlyList<string> Keys =
    [
        "externalId", "title", "text", "occurredAt", "publishedAt", "expiresAt", "url", "language", "status", "action", "place", "country", "lat", "lon", "severity",
        "domains", "actors",
    ];

    public override string Name => "csv";

    public override IReadOnlyList<string> ContentTypes => ["text/csv", "application/csv", "text/tab-separated-values"];

    public override bool ReadsAnyCharset => true;

    public override string Example =>
        "externalId,title,text,occurredAt,country,lat,lon,severity,vessel\r\n"
        + "abc-1,Ransomware halts port of Tallinn,\"Cranes stand still,\nsince the early morning.\",2026-11-22T08:00:00Z,EE,59.44,24.75,high,none\r\n";

    /// <summary>A header that has a title or a text and another field.</summary>
    public override bool Recognises(BodySample sample)
    {
        var header = new TableHeader(sample.FirstLine.Split(Table.DelimiterOf(sample.FirstLine), StringSplitOptions.TrimEntries).Select(name => name.Trim('"')));
        return (header.Has("title") || header.Has("text")) && Keys.Count(header.Has) > 1;
    }

    protected override IEnumerable<FeedItem> Read(FeedDocument document, FormatLimits limits)
    {
        var columns = document.Body.Columns;
        return Table.Read(document, limits, Check, (row, report) => new Row(row, columns, report).Map());

        FormatProblem? Check(TableHeader header)
        {
            if (columns.Count == 0) columns = Keys.Where(header.Has).ToDictionary(key => key, StringComparer.Ordinal);
            return FaultOf(header, columns);
        }
    }

    private static FormatProblem? FaultOf(TableHeader header, IReadOnlyDictionary<string, string> columns)
    {
        foreach (var (key, column) in columns)
        {
            if (!Keys.Contains(key)) return new FormatProblem("", $"fields among {string.Join(", ", Keys)} in the feed's columns", $"'{key}'");
            if (!header.Has(column)) return new FormatProblem("", $"a column '{column}', the feed's {key}", string.Join(", ", header.Names), Line: 1);
        }
        return columns.ContainsKey("title") || columns.ContainsKey("text") ? null : new FormatProblem("", "a column for the title or the text", string.Join(", ", header.Names), Line: 1);
    }

    private readonly struct Row(TableRow row, IReadOnlyDictionary<string, string> columns, ReportBuilder report)
    {
        public void Map()
        {
            report.ExternalId = Text("externalId");
            report.Title = Text("title");
            report.Text = Text("text");
            report.OccurredAt = Time("occurredAt");
            report.PublishedAt = Time("publishedAt");
            report.ExpiresAt = Time("expiresAt");
            report.Url = Text("url");
            report.Language = Text("language");
            report.Status = Enumeration<ReportStatus>("status") ?? ReportStatus.Actual;
            report.Action = Enumeration<ReportAction>("action") ?? ReportAction.New;
            report.Severity = Enumeration<Severity>("severity");
            foreach (var name in Names("domains", ',', ';', '|'))
                if (Parse<Domain>("domains", name) is { } domain) report.Domain(domain);
            foreach (var actor in Names("actors", ';', '|')) report.Actor(actor);
            MapPlace();
            KeepRest();
        }

        private void MapPlace()
        {
            var country = Country();
            var (lat, lon) = (Number("lat", 90), Number("lon", 180));
            if (Text("lat") is null != Text("lon") is null) report.Problem(Text("lat") is null ? "lat" : "lon", "latitude and longitude, or neither", "only one of them");
            report.Place(Text("place"), country, lat, lon);
            report.Country(country);
        }

        private void KeepRest()
        {
            for (var place = 0; place < row.Header.Names.Count; place++)
                if (row.Header.Names[place] is { Length: > 0 } name && !columns.Values.Contains(name, StringComparer.OrdinalIgnoreCase)) report.Attribute(name, row[place]);
        }

        private string? Text(string key) => columns.TryGetValue(key, out var column) ? row[column] : null;

        private string[] Names(string key, params char[] separators) => Text(key)?.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

        private DateTimeOffset? Time(string key)
        {
            if (Text(key) is not { } text) return null;
            var time = FeedTimes.OfIso(text);
            if (time is null) report.Problem(columns[key], "a date or date-time (ISO 8601)", text);
            return time;
        }

        private double? Number(string key, double atMost)
        {
            if (Text(key) is not { } text) return null;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= atMost) return number;
            report.Problem(columns[key], $"a number from -{atMost} to {atMost}", text);
            return null;
        }

        private T? Enumeration<T>(string key) where T : struct, Enum => Text(key) is { } name ? Parse<T>(key, name) : null;

        private T? Parse<T>(string key, string name) where T : struct, Enum
        {
            if (Wire<T>.TryParse(name.ToLowerInvariant(), out var value)) return value;
            report.Problem(columns[key], $"one of {Wire<T>.Expected}", name);
            return null;
        }

        private string? Country()
        {
            if (Text("country") is not { } text) return null;
            var code = text.Length == 3 ? CountryCodes.OfAlpha3(text) : Countries.IsKnown(text.ToUpperInvariant()) ? text.ToUpperInvariant() : null;
            if (code is null) report.Problem(columns["country"], "a country code of ISO 3166-1", text);
            return code;
        }
    }
}
