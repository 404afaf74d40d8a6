using System.Text;
using System.Text.Json;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>What a document says of all its items, put together once: a document of the same format without an item.</summary>
internal sealed class JsonContext : IDisposable
{
    private readonly byte[] head;
    private readonly JsonDocument json;

    private JsonContext(byte[] head)
    {
        this.head = head;
        json = JsonDocument.Parse(Around([]));
    }

    public JsonElement Root => json.RootElement;

    /// <param name="document">The document.</param>
    /// <param name="outline">Where its members lie.</param>
    /// <param name="names">The members to take; what of them is too long together, or no Unicode text, is left out.</param>
    /// <param name="lists">The members that hold items.</param>
    /// <param name="limits">Bounds what is taken.</param>
    /// <returns><c>null</c> where there are no members to take.</returns>
    public static JsonContext? Of(FeedDocument document, JsonOutline outline, string[] names, string[] lists, FormatLimits limits)
    {
        if (names.Length == 0) return null;
        var head = new MemoryStream();
        var left = limits.ContextBytes;
        head.Write("{"u8);
        foreach (var name in names)
        {
            if (!outline.Members.TryGetValue(name, out var member) || member.Length > left) continue;
            var value = document.Bytes.Span.Slice(member.Start, member.Length);
            if (JsonText.FaultOf(value, isEscaped: true) is not null) continue;
            head.Write(Encoding.UTF8.GetBytes($"\"{name}\":"));
            head.Write(value);
            left -= value.Length;
            head.Write(","u8);
        }
        head.Write(Encoding.UTF8.GetBytes($"\"{lists[0]}\":["));
        return new JsonContext(head.ToArray());
    }

    /// <summary>A document of this one item.</summary>
    public byte[] Around(ReadOnlySpan<byte> item) => [.. head, .. item, .. "]}"u8];

    public void Dispose() => json.Dispose();
}
