using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using CsvHelper.Configuration;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats.Tables;

/// <summary>The columns of a table, by name in any case of letters.</summary>
internal sealed class TableHeader
{
    private readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);

    public TableHeader(IEnumerable<string> names)
    {
        Names = [.. names.Select(name => name.Trim())];
        for (var index = 0; index < Names.Count; index++) places.TryAdd(Names[index], index);
    }

    public IReadOnlyList<string> Names { get; }

    public bool Has(string column) => places.ContainsKey(column);

    public int PlaceOf(string column) => places.GetValueOrDefault(column, -1);
}

/// <summary>A row under its header.</summary>
internal readonly struct TableRow(TableHeader header, string[] fields)
{
    public TableHeader Header => header;

    /// <summary>The field at a column's place.</summary>
    public string this[int place] => fields[place];

    /// <summary>What stands in the column, without white space around it; <c>null</c> where there is nothing, or no such column.</summary>
    public string? this[string column] => header.PlaceOf(column) is >= 0 and var place && fields[place].Trim() is { Length: > 0 } text ? text : null;
}

/// <summary>
/// Reads tables with a header (RFC 4180), with any of the usual delimiters, in the character set that the content type or a byte-order mark
/// tells. A row with its header is an item by itself.
/// </summary>
internal static class Table
{
    private const string Delimiters = ",;\t|";

    /// <param name="document">The table.</param>
    /// <param name="limits">Bounds of a row, and of the header, which is kept with each.</param>
    /// <param name="fault">Why nothing under this header can be read, or <c>null</c>.</param>
    /// <param name="map">Maps a row.</param>
    public static IEnumerable<FeedItem> Read(FeedDocument document, FormatLimits limits, Func<TableHeader, FormatProblem?> fault, Action<TableRow, ReportBuilder> map)
    {
        var text = XmlDeclaration.Decode(document.Bytes.Span, document.Body.Charset);
        var mark = Utf8.IsValid(document.Bytes.Span) ? "" : "\uFEFF";
        using var rows = new CsvParser(new StringReader(text), Configuration(text, limits));
        if (!Next(rows, out var problem)) problem ??= new FormatProblem("", "a header with the names of the columns", "nothing", Line: 1);
        var header = new TableHeader(problem is null ? rows.Record! : []);
        problem ??= rows.RawRecord.Length > limits.ContextBytes ? new FormatProblem("", $"a header of at most {limits.ContextBytes} characters", "a longer one", Line: 1) : fault(header);
        if (problem is not null)
        {
            yield return document.Break(index: 0, start: 0, problem, limits);
            yield break;
        }
        var head = mark + rows.RawRecord;
        var consumed = (int)rows.CharCount;
        for (var index = 0; Next(rows, out problem) || problem is not null; index++)
        {
            if (problem is not null)
            {
                yield return Broken(index, head, text.AsSpan(Math.Min(text.Length, consumed)), problem, limits);
                yield break;
            }
            consumed = (int)rows.CharCount;
            yield return Item(rows, index, header, head, limits, map);
        }
    }

    /// <summary>The delimiter that a header uses most.</summary>
    public static char DelimiterOf(ReadOnlySpan<char> header)
    {
        Span<int> counts = stackalloc int[Delimiters.Length];
        var isQuoted = false;
        foreach (var character in header)
        {
            if (character == '"') isQuoted = !isQuoted;
            else if (!isQuoted && Delimiters.IndexOf(character) is >= 0 and var index) counts[index]++;
            else if (!isQuoted && character is '\n' or '\r') break;
        }
        var most = 0;
        for (var index = 1; index < counts.Length; index++)
            if (counts[index] > counts[most]) most = index;
        return Delimiters[most];
    }

    private static FeedItem Item(CsvParser rows, int index, TableHeader header, string head, FormatLimits limits, Action<TableRow, ReportBuilder> map)
    {
        var row = rows.RawRecord;
        var raw = Encoding.UTF8.GetBytes(head + row);
        var line = rows.RawRow - row.AsSpan().TrimEnd("\r\n").Count('\n');
        if (raw.Length > limits.ItemBytes)
            return new FeedItem { Index = index, Raw = raw[..limits.ItemBytes], IsTruncated = true, Problems = [new FormatProblem("", $"a row of at most {limits.ItemBytes} bytes", "a longer one", Line: line)] };
        // A quote that is never closed takes in all that follows it.
        if (row.AsSpan().TrimEnd("\r\n").Contains('\n') && row.AsSpan().Count('"') % 2 != 0)
            return Broken(index, head, row, new FormatProblem("", "a quote that is closed", "one that is not", Line: rows.RawRow - row.AsSpan().Count('\n')), limits);
        if (rows.Count != header.Names.Count)
            return new FeedItem { Index = index, Raw = raw, Problems = [new FormatProblem("", $"{header.Names.Count} fields, as the header has", $"{rows.Count}", Line: line)] };
        var report = new ReportBuilder();
        map(new TableRow(header, rows.Record!), report);
        var item = report.Build(index, raw);
        return item.Problems.Count == 0 ? item : item with { Problems = [.. item.Problems.Select(problem => problem with { Line = line })] };
    }

    private static bool Next(CsvParser rows, out FormatProblem? problem)
    {
        problem = null;
        try
        {
            return rows.Read();
        }
        catch (MaxFieldSizeException)
        {
            problem = new FormatProblem("", "fields of bounded length", "a longer one", Line: rows.RawRow);
            return false;
        }
    }

    /// <summary>What can't be told apart any more is kept under its header, as far as an item may be long.</summary>
    private static FeedItem Broken(int index, string head, ReadOnlySpan<char> rest, FormatProblem problem, FormatLimits limits)
    {
        var raw = Encoding.UTF8.GetBytes(string.Concat(head, rest[..Math.Min(rest.Length, limits.ItemBytes)]));
        var isTruncated = raw.Length > limits.ItemBytes;
        return new FeedItem { Index = index, Raw = isTruncated ? raw[..limits.ItemBytes] : raw, IsTruncated = isTruncated, Problems = [problem], IsBreak = true };
    }

    private static CsvConfiguration Configuration(string text, FormatLimits limits) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = DelimiterOf(text).ToString(),
        BadDataFound = null,
        MaxFieldSize = limits.ItemBytes,
        BufferSize = 64 << 10,
    };
}
