using System.Text.Json;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>A format whose items are objects in a JSON document, each to be understood by itself.</summary>
internal abstract class JsonFormat : DocumentFormat
{
    /// <summary>The members of the document's object that hold its items: an array, or one item alone. Without any of them the object is the item.</summary>
    protected abstract string[] Lists { get; }

    /// <summary>Maps an item, an object whose strings are Unicode text.</summary>
    protected abstract void Map(JsonElement item, ReportBuilder report);

    /// <summary>Adds what the document says of all its items, which <see cref="RawOf"/> then has to keep.</summary>
    protected virtual void MapDocument(FeedDocument document, JsonOutline outline, ReportBuilder report)
    {
    }

    /// <summary>The item's bytes, within what of the document it takes to understand it.</summary>
    protected virtual byte[] RawOf(FeedDocument document, JsonOutline outline, JsonStretch item) => document.Bytes.Span.Slice(item.Start, item.Length).ToArray();

    protected override IEnumerable<FeedItem> Read(FeedDocument document, FormatLimits limits)
    {
        var outline = JsonOutline.Of(document.Bytes.Span, limits.Depth, Lists);
        for (var index = 0; index < outline.Items.Count; index++) yield return Item(document, outline, index, limits);
        if (outline.Break is { } problem) yield return new FeedItem { Index = outline.Items.Count, Raw = Rest(document, outline, limits), Problems = [problem], IsBreak = true };
    }

    private FeedItem Item(FeedDocument document, JsonOutline outline, int index, FormatLimits limits)
    {
        var stretch = outline.Items[index];
        if (stretch.Length > limits.ItemBytes)
        {
            var head = document.Bytes.Slice(stretch.Start, limits.ItemBytes).ToArray();
            return new FeedItem { Index = index, Raw = head, IsTruncated = true, Problems = [new FormatProblem("", $"an item of at most {limits.ItemBytes} bytes", $"one of {stretch.Length}", stretch.Start)] };
        }
        var bytes = document.Bytes.Slice(stretch.Start, stretch.Length);
        if (JsonText.FaultOf(bytes.Span, isEscaped: true) is { } fault) return Refused(new FormatProblem("", "Unicode text without U+0000", fault, stretch.Start));
        if (bytes.Span[0] != '{') return Refused(new FormatProblem("", "an object", JsonText.Describe(bytes.Span[0]), stretch.Start));
        using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = limits.Depth + 2 });
        var report = new ReportBuilder();
        Map(json.RootElement, report);
        MapDocument(document, outline, report);
        return report.Build(index, RawOf(document, outline, stretch));

        FeedItem Refused(FormatProblem problem) => new() { Index = index, Raw = bytes.ToArray(), Problems = [problem] };
    }

    /// <summary>What lies behind the last item, as far as it is kept.</summary>
    private static byte[] Rest(FeedDocument document, JsonOutline outline, FormatLimits limits)
    {
        var start = outline.Items.Count == 0 ? 0 : outline.Items[^1].Start + outline.Items[^1].Length;
        return document.Bytes.Slice(start, Math.Min(document.Bytes.Length - start, limits.ItemBytes)).ToArray();
    }
}
