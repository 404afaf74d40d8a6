using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>
/// The items of a JSON body: the elements of its array, its lines, or the one value that it is. A bounded look at the start tells which.
/// </summary>
internal static class JsonItems
{
    /// <param name="pipe">The body.</param>
    /// <param name="lines">Whether the sender says that each line is an item (NDJSON).</param>
    /// <param name="limits">Bounds of an item.</param>
    /// <param name="parse">Reads one item.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<FeedItem> ReadAsync(
        PipeReader pipe, bool lines, FormatLimits limits, Func<JsonFrame, FeedItem> parse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var body = new JsonBody(pipe);
        await body.SkipMarkAsync(cancellationToken);
        var first = await body.PeekAsync(cancellationToken);
        if (first < 0)
        {
            yield return Break(body, "a report, an array of reports, or a report a line", first);
            yield break;
        }
        var items = first == '[' ? ElementsAsync(body, limits, parse, cancellationToken)
            : lines || (first == '{' && await body.IsOneLineAsync(limits.ItemBytes, cancellationToken)) ? LinesAsync(body, limits, parse, cancellationToken)
            : DocumentAsync(body, limits, parse, cancellationToken);
        await foreach (var item in items) yield return item;
    }

    private static async IAsyncEnumerable<FeedItem> LinesAsync(
        JsonBody body, FormatLimits limits, Func<JsonFrame, FeedItem> parse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cutter = new JsonCutter(lines: true);
        while (await body.PeekAsync(cancellationToken) >= 0)
            yield return parse(await body.CutAsync(cutter, limits.ItemBytes, cancellationToken)) with { IsBreak = false };
    }

    private static async IAsyncEnumerable<FeedItem> DocumentAsync(
        JsonBody body, FormatLimits limits, Func<JsonFrame, FeedItem> parse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var item = parse(await body.CutAsync(new JsonCutter(lines: false), limits.ItemBytes, cancellationToken));
        yield return item;
        if (item.IsBreak) yield break;
        var next = await body.PeekAsync(cancellationToken);
        if (next >= 0) yield return Break(body, "the end of the body", next);
    }

    private static async IAsyncEnumerable<FeedItem> ElementsAsync(
        JsonBody body, FormatLimits limits, Func<JsonFrame, FeedItem> parse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cutter = new JsonCutter(lines: false);
        body.Skip(1);
        var next = await body.PeekAsync(cancellationToken);
        while (next != ']' || body.Cuts > 0)
        {
            if (next is -1 or ',' or ']' or '}')
            {
                yield return Break(body, "an object", next);
                yield break;
            }
            var item = parse(await body.CutAsync(cutter, limits.ItemBytes, cancellationToken));
            yield return item;
            if (item.IsBreak) yield break;
            next = await body.PeekAsync(cancellationToken);
            if (next == ']') break;
            if (next != ',')
            {
                yield return Break(body, "',' or ']'", next);
                yield break;
            }
            body.Skip(1);
            next = await body.PeekAsync(cancellationToken);
        }
        body.Skip(1);
        next = await body.PeekAsync(cancellationToken);
        if (next >= 0) yield return Break(body, "the end of the body", next);
    }

    private static FeedItem Break(JsonBody body, string expected, int found) => new()
    {
        Index = body.Cuts,
        Raw = [],
        Problems = [new FormatProblem("", expected, found < 0 ? "the end of the body" : JsonText.Describe((byte)found), body.Position)],
        IsBreak = true,
    };
}
