using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>A format whose items are objects in a JSON document, each to be understood by itself.</summary>
internal abstract class JsonFormat : DocumentFormat
{
    /// <summary>The members of the document's object that hold its items: an array, or one item alone. Without any of them the object is the item.</summary>
    protected abstract string[] Lists { get; }

    /// <summary>Maps an item, an object whose strings are Unicode text.</summary>
    protected abstract void Map(JsonElement item, ReportBuilder report);

    /// <summary>As <see cref="Map(JsonElement, ReportBuilder)"/>, where the item may hold a document of its own, for which the same bounds hold.</summary>
    protected virtual void Map(JsonElement item, ReportBuilder report, FormatLimits limits) => Map(item, report);

    /// <summary>The document's members that say something of all its items: each item is kept within them, as far as they are short.</summary>
    protected virtual string[] Context => [];

    /// <summary>Adds what the document says of all its items.</summary>
    /// <param name="document">An object with those of the members in <see cref="Context"/> that there are.</param>
    /// <param name="report">The item's report.</param>
    protected virtual void MapContext(JsonElement document, ReportBuilder report)
    {
    }

    protected override IEnumerable<FeedItem> Read(FeedDocument document, FormatLimits limits)
    {
        var outline = JsonOutline.Of(document.Bytes.Span, limits, Lists);
        using var context = JsonContext.Of(document, outline, Context, Lists, limits);
        for (var index = 0; index < outline.Items.Count; index++) yield return Item(document, outline, context, index, limits);
        if (outline.Break is { } problem) yield return document.Break(outline.Items.Count, outline.End, problem, limits);
    }

    private FeedItem Item(FeedDocument document, JsonOutline outline, JsonContext? context, int index, FormatLimits limits)
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
        Map(json.RootElement, report, limits);
        if (context is not null) MapContext(context.Root, report);
        return report.Build(index, RawOf(json.RootElement, context));

        FeedItem Refused(FormatProblem problem) => new() { Index = index, Raw = bytes.ToArray(), Problems = [problem] };
    }

    /// <summary>The item's bytes, within what of the document it takes to understand it: a list, if it would be taken for one by itself.</summary>
    private byte[] RawOf(JsonElement item, JsonContext? context)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(item);
        return context is not null ? context.Around(bytes)
            : HasList(item) ? [.. Encoding.UTF8.GetBytes($"{{\"{Lists[0]}\":["), .. bytes, .. "]}"u8]
            : bytes.ToArray();
    }

    /// <summary>Whether the object has a member that is named like a list of items, and may be one.</summary>
    private bool HasList(JsonElement item)
    {
        var lists = Lists;
        foreach (var member in item.EnumerateObject())
            if (member.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object && Array.Exists(lists, member.NameEquals)) return true;
        return false;
    }
}
