using System.Text.Json;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>A stretch of a document.</summary>
internal readonly record struct JsonStretch(int Start, int Length);

/// <summary>
/// Where the items of a JSON document lie: the elements of its array, or of one in a member that the format names, or the object that it
/// is; also of several values that follow each other (JSON lines). What stands before a break is found. Ends with the first item that is
/// more than there may be, which tells that there are too many.
/// </summary>
internal sealed class JsonOutline
{
    /// <summary>Members that are kept, at most: those that anybody asks for are few, and stand among few.</summary>
    private const int MembersAtMost = 1_000;

    private readonly List<JsonStretch> items = [];
    private readonly Dictionary<string, JsonStretch> members = new(StringComparer.Ordinal);

    private readonly int itemsAtMost;

    private JsonOutline(int itemsAtMost) => this.itemsAtMost = itemsAtMost;

    public IReadOnlyList<JsonStretch> Items => items;

    /// <summary>The other members of the object whose list holds the items.</summary>
    public IReadOnlyDictionary<string, JsonStretch> Members => members;

    /// <summary>Where the last item ends.</summary>
    public int End => items.Count == 0 ? 0 : items[^1].Start + items[^1].Length;

    /// <summary>Why the document can't be read any further, or <c>null</c>.</summary>
    public FormatProblem? Break { get; private set; }

    private bool IsFull => items.Count > itemsAtMost;

    /// <param name="bytes">The document.</param>
    /// <param name="limits">How deep an item may be, and how many there may be.</param>
    /// <param name="lists">Members that hold items: an array of them, or one alone.</param>
    public static JsonOutline Of(ReadOnlySpan<byte> bytes, FormatLimits limits, params string[] lists)
    {
        var (outline, depth) = (new JsonOutline(limits.Items), limits.Depth);
        var mark = bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        // A list in an envelope is two levels, and what is deeper than an item may be has to be told from what is no JSON.
        var reader = new Utf8JsonReader(bytes[mark..], new JsonReaderOptions { MaxDepth = depth + 2, AllowMultipleValues = true });
        try
        {
            while (!outline.IsFull && reader.Read()) outline.Value(ref reader, mark, lists);
            if (outline is { items.Count: 0, Break: null } && reader.BytesConsumed == 0) outline.Break = new FormatProblem("", "JSON (RFC 8259)", "nothing", 0);
        }
        catch (JsonException failure)
        {
            var position = mark + JsonText.PositionOf(failure, bytes[mark..]);
            outline.Break = JsonCutter.DepthOf(bytes[mark..]) > depth + 2
                ? new FormatProblem("", $"arrays and objects at most {depth} deep", "deeper ones", position)
                : new FormatProblem("", "JSON (RFC 8259)", position < bytes.Length ? JsonText.Describe(bytes[(int)position]) : "the end of the body", position);
        }
        return outline;
    }

    private void Value(ref Utf8JsonReader reader, int mark, string[] lists)
    {
        var start = (int)reader.TokenStartIndex + mark;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            Elements(ref reader, mark);
            return;
        }
        if (reader.TokenType != JsonTokenType.StartObject || lists.Length == 0)
        {
            items.Add(Skipped(ref reader, mark));
            return;
        }
        var hasList = false;
        while (!IsFull && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var list = IndexOf(ref reader, lists);
            var name = list < 0 && !reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetString(reader.ValueSpan) : null;
            reader.Read();
            if (list >= 0 && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                hasList = true;
                if (reader.TokenType == JsonTokenType.StartArray) Elements(ref reader, mark);
                else items.Add(Skipped(ref reader, mark));
            }
            else
            {
                var stretch = Skipped(ref reader, mark);
                if (name is not null && (members.Count < MembersAtMost || members.ContainsKey(name))) members[name] = stretch;
            }
        }
        if (!hasList) items.Add(new JsonStretch(start, (int)reader.BytesConsumed + mark - start));
    }

    private void Elements(ref Utf8JsonReader reader, int mark)
    {
        while (!IsFull && reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Skipped(ref reader, mark));
    }

    private static JsonStretch Skipped(ref Utf8JsonReader reader, int mark)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonStretch(start + mark, (int)reader.BytesConsumed - start);
    }

    private static int IndexOf(ref Utf8JsonReader reader, string[] names)
    {
        // Half of a surrogate pair in it can't be compared with anything.
        if (reader.ValueIsEscaped && JsonText.FaultOf(reader.ValueSpan, isEscaped: true) is not null) return -1;
        for (var index = 0; index < names.Length; index++)
            if (reader.ValueTextEquals(names[index])) return index;
        return -1;
    }
}
