using System.Text;
using System.Xml;

namespace Monitoring.Ingestion.Formats.Xml;

/// <summary>
/// Cuts items out of a document's text as they stand there, and puts around them the tags and the context that they stand in. A reader of
/// the same text tells where it is.
/// </summary>
internal sealed class XmlSource(string text)
{
    private readonly StringBuilder head = new();
    private readonly Stack<(string Name, int Start, int TagEnd, int Bytes)> open = new();
    private byte[]? before;
    private byte[]? after;
    private int line = 1;
    private int lineStart;
    private int start;

    /// <summary>Bytes of what stands before each item that follows.</summary>
    public int HeadBytes { get; private set; }

    /// <summary>An element starts where the reader is.</summary>
    public void Begin(IXmlLineInfo position) => start = Offset(position) - 1;

    /// <summary>What follows is inside the element that began last, by its name as it is written.</summary>
    public void Enter(string name)
    {
        var (headStart, bytes) = (head.Length, HeadBytes);
        Add(TagEnd(start));
        open.Push((name, headStart, head.Length, bytes));
    }

    /// <summary>The innermost element that was entered ends.</summary>
    /// <returns>Whether something in it was kept, so that it stands before each item that follows.</returns>
    public bool Leave()
    {
        var element = open.Pop();
        (before, after) = (null, null);
        if (head.Length > element.TagEnd)
        {
            head.Append("</").Append(element.Name).Append('>');
            HeadBytes += Encoding.UTF8.GetByteCount(element.Name) + "</>".Length;
            return true;
        }
        (head.Length, HeadBytes) = (element.Start, element.Bytes);
        return false;
    }

    /// <summary>The element that began last, and ends where the reader is, is to stand before each item that follows.</summary>
    public void Keep(IXmlLineInfo position) => Add(TagEnd(Offset(position)));

    /// <summary>The element that began last, and ends where the reader is, within those that it stands in, as UTF-8.</summary>
    public byte[] Item(IXmlLineInfo position)
    {
        before ??= Encoding.UTF8.GetBytes(head.ToString());
        after ??= Encoding.UTF8.GetBytes(string.Concat(open.Select(element => $"</{element.Name}>")));
        var item = text.AsSpan(start, TagEnd(Offset(position)) - start);
        var raw = new byte[before.Length + Encoding.UTF8.GetByteCount(item) + after.Length];
        before.CopyTo(raw, 0);
        Encoding.UTF8.GetBytes(item, raw.AsSpan(before.Length));
        after.CopyTo(raw, raw.Length - after.Length);
        return raw;
    }

    /// <summary>Whether nothing comes after the element that ends where the reader is.</summary>
    public bool IsLast(IXmlLineInfo position) => text.AsSpan(TagEnd(Offset(position))).IsWhiteSpace();

    private void Add(int end)
    {
        head.Append(text, start, end - start);
        HeadBytes += Encoding.UTF8.GetByteCount(text.AsSpan(start, end - start));
        (before, after) = (null, null);
    }

    /// <summary>Past the bracket that ends the tag there.</summary>
    private int TagEnd(int at)
    {
        while (true)
        {
            at += text.AsSpan(at).IndexOfAny('>', '"', '\'');
            if (text[at] == '>') return at + 1;
            at = text.IndexOf(text[at], at + 1) + 1;
        }
    }

    /// <summary>The reader goes forward only, and so does this.</summary>
    private int Offset(IXmlLineInfo position)
    {
        for (; line < position.LineNumber; line++)
        {
            lineStart += text.AsSpan(lineStart).IndexOfAny('\n', '\r');
            lineStart += text.AsSpan(lineStart).StartsWith("\r\n") ? 2 : 1;
        }
        return lineStart + position.LinePosition - 1;
    }
}
