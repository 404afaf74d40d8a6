using System.Text;
using System.Text.Unicode;

namespace Monitoring.Ingestion.Formats.Gdelt;

/// <summary>The rows that one article gave, wherever in the table they stand; or one row that can't be read.</summary>
internal sealed class GdeltArticle(int line)
{
    /// <summary>Of its first row, from 1.</summary>
    public int Line => line;

    public List<Range> Rows { get; } = [];

    public FormatProblem? Problem { get; init; }
}

/// <summary>Puts the rows of a table together by their articles, in the order in which those appear.</summary>
internal static class GdeltArticles
{
    /// <param name="table">All of it.</param>
    /// <param name="limits">Of more articles than a body may have items, one more is found.</param>
    public static List<GdeltArticle> In(ReadOnlySpan<byte> table, FormatLimits limits)
    {
        var articles = new List<GdeltArticle>();
        var byAddress = new Dictionary<string, GdeltArticle>(StringComparer.Ordinal);
        var start = table.StartsWith("\uFEFF"u8) ? 3 : 0;
        for (var line = 1; start < table.Length && articles.Count <= limits.Items; line++)
        {
            var length = table[start..].IndexOf((byte)'\n');
            var end = length < 0 ? table.Length : start + length;
            var row = start..(end > start && table[end - 1] == '\r' ? end - 1 : end);
            start = end + 1;
            if (table[row].Trim(" \t"u8).IsEmpty || IsHeader(table[row])) continue;
            var problem = FaultOf(table[row], limits.ItemBytes, line);
            var article = problem is null ? ArticleOf(AddressIn(table[row])) : new GdeltArticle(line) { Problem = problem };
            if (article.Rows.Count == 0) articles.Add(article);
            article.Rows.Add(row);

            GdeltArticle ArticleOf(string? address)
            {
                if (address is null) return new GdeltArticle(line);
                if (!byAddress.TryGetValue(address, out var known)) byAddress.Add(address, known = new GdeltArticle(line));
                return known;
            }
        }
        return articles;
    }

    /// <summary>GDELT's own files have no header, tables made of them may.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> row) => Ascii.EqualsIgnoreCase(row[..Math.Min(row.Length, "GLOBALEVENTID".Length)], "GLOBALEVENTID"u8);

    /// <summary>Only an address is an article: what is not from the web has the name of its source in that place.</summary>
    private static string? AddressIn(ReadOnlySpan<byte> row)
    {
        var last = row[(row.LastIndexOf((byte)'\t') + 1)..];
        return last.StartsWith("http://"u8) || last.StartsWith("https://"u8) ? Encoding.UTF8.GetString(last) : null;
    }

    private static FormatProblem? FaultOf(ReadOnlySpan<byte> row, int rowBytes, int line)
    {
        if (row.Length > rowBytes) return new FormatProblem("", $"a row of at most {rowBytes} bytes", $"one of {row.Length}", Line: line);
        if (!Utf8.IsValid(row)) return new FormatProblem("", "Unicode text", "bytes that are not UTF-8", Line: line);
        var columns = row.Count((byte)'\t') + 1;
        return GdeltEvent.IsColumnCount(columns) ? null : new FormatProblem("", $"{GdeltEvent.ColumnCounts} columns by tabs", $"{columns}", Line: line);
    }
}
