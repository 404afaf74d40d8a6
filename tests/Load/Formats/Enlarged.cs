using System.Text;
using System.Xml.Linq;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Load.Formats;

/// <summary>A format's example, grown to the size that feeds really send: its items again and again, where one body can hold them.</summary>
internal static class Enlarged
{
    /// <returns>The example itself, where its format knows but one item a body.</returns>
    public static async Task<byte[]> OfAsync(FeedFormat format, int bytes)
    {
        var example = Encoding.UTF8.GetBytes(format.Example);
        var times = Math.Max(1, bytes / example.Length);
        var items = await CountAsync(format, example);
        foreach (var body in Candidates(format, times))
            if (await CountAsync(format, body) is { } count && count >= items * times) return body;
        return example;
    }

    /// <returns>How many reports a body holds, or <c>null</c> where anything in it is refused.</returns>
    private static async Task<int?> CountAsync(FeedFormat format, byte[] body)
    {
        var reports = 0;
        await foreach (var item in format.ReadAsync(FeedBody.Of(body), FormatLimits.Default))
        {
            if (item.Report is null) return null;
            reports++;
        }
        return reports;
    }

    private static IEnumerable<byte[]> Candidates(FeedFormat format, int times)
    {
        var example = format.Example.Trim();
        if (example[0] == '<') return [Encoding.UTF8.GetBytes(Repeated(XDocument.Parse(example), times) ?? Syndicated(XDocument.Parse(example), times))];
        if (example[0] is '{') return [Joined($"[{example}", ",", example, "]", times), Joined(example, "\n", example, "", times)];
        if (example[0] is '[') return [Joined(example[..^1], ",", example[1..^1], "]", times)];
        // A table: with a head of its own, and where one article's rows are one report, each time from another site.
        var lines = example.Split('\n', 2);
        var rows = lines.Length == 2 ? lines[1] : lines[0];
        return
        [
            Encoding.UTF8.GetBytes(lines[0] + "\n" + string.Join('\n', Enumerable.Repeat(rows, times))),
            Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, times).Select(number => example.Replace("://", $"://{number}.", StringComparison.Ordinal)))),
        ];
    }

    private static byte[] Joined(string first, string separator, string next, string end, int times) =>
        Encoding.UTF8.GetBytes(first + string.Concat(Enumerable.Repeat(separator + next, times - 1)) + end);

    /// <summary>A document that is one item, as the entries of a feed hold many of them.</summary>
    private static string Syndicated(XDocument item, int times) =>
        "<feed xmlns=\"http://www.w3.org/2005/Atom\">"
        + string.Concat(Enumerable.Repeat($"<entry><content type=\"text/xml\">{item.ToString(SaveOptions.DisableFormatting)}</content></entry>", times))
        + "</feed>";

    private static string? Repeated(XDocument document, int times)
    {
        var item = document.Descendants().FirstOrDefault(element => element.Parent is not null && element.Name.LocalName is "item" or "entry" or "alert");
        if (item?.Parent is not { } parent) return null;
        var siblings = parent.Elements(item.Name).ToList();
        for (var time = 1; time < times; time++) parent.Add(siblings);
        return document.ToString(SaveOptions.DisableFormatting);
    }
}
