using System.Xml;
using System.Xml.Linq;

namespace Monitoring.Ingestion.Formats.Xml;

/// <summary>What an element of a document is to a format.</summary>
internal enum XmlPart
{
    /// <summary>Nothing that is looked at.</summary>
    Skipped,
    /// <summary>Items, or what they need to be understood, are inside.</summary>
    Container,
    /// <summary>Not an item, but kept for the items that follow it.</summary>
    Context,
    /// <summary>An item.</summary>
    Item,
}

/// <summary>An item's element, whose parents hold what is kept of the document around it.</summary>
/// <param name="Element"><c>null</c> where there is a problem.</param>
/// <param name="Raw">The item within its containers, as a document of its own.</param>
/// <param name="Problem">What is wrong, or <c>null</c>.</param>
/// <param name="Line">Where it starts in the document, from 1.</param>
/// <param name="IsBreak">Nothing after it can be read.</param>
/// <param name="IsTruncated">Of the raw bytes these are only the first.</param>
internal sealed record XmlItem(XElement? Element, byte[] Raw, FormatProblem? Problem, int Line, bool IsBreak = false, bool IsTruncated = false);

/// <summary>Goes through an XML document, one item at a time. There is no document type, nothing is resolved.</summary>
internal sealed class XmlWalk : IDisposable
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly FeedDocument document;
    private readonly FormatLimits limits;
    private readonly Func<XElement, XmlPart> partOf;
    private readonly string expectedRoot;
    private readonly XmlReader reader;
    private readonly int skippedLines;
    private readonly XmlSource source;
    private XElement? container;
    private XElement? item;
    private bool isDone;

    /// <param name="document">The document.</param>
    /// <param name="limits">Bounds of an item.</param>
    /// <param name="expectedRoot">The root elements that the format knows, for people.</param>
    /// <param name="partOf">What an element is; it has its attributes and its parents, but not yet its content.</param>
    public XmlWalk(FeedDocument document, FormatLimits limits, string expectedRoot, Func<XElement, XmlPart> partOf)
    {
        (this.document, this.limits, this.expectedRoot, this.partOf) = (document, limits, expectedRoot, partOf);
        var text = XmlMending.Mend(XmlDeclaration.Decode(document.Bytes.Span, document.Body.Charset));
        var start = text.Length - text.AsSpan().TrimStart().Length;
        skippedLines = text.AsSpan(0, start).Count('\n');
        text = text[start..];
        source = new XmlSource(text);
        reader = XmlReader.Create(new StringReader(text), Settings, XmlNames.KnownPrefixes());
    }

    /// <returns><c>null</c> at the end.</returns>
    public XmlItem? Next()
    {
        if (isDone) return null;
        if (item?.Parent is not null) item.Remove();
        item = null;
        try
        {
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.EndElement) Leave();
                else if (reader.NodeType == XmlNodeType.Element && Element() is { } found) return found;
            }
            isDone = true;
            return null;
        }
        catch (XmlException fault)
        {
            var hasDocumentType = fault.Message.Contains("DTD", StringComparison.Ordinal);
            return Break(new FormatProblem("", hasDocumentType ? "XML without a document type (DTD)" : "well-formed XML", hasDocumentType ? "one" : fault.Message, Line: skippedLines + Math.Max(1, fault.LineNumber)));
        }
    }

    public void Dispose() => reader.Dispose();

    private IXmlLineInfo Position => (IXmlLineInfo)reader;

    private int Line => skippedLines + Position.LineNumber;

    private void Leave()
    {
        if (container?.Parent is { } outer) container = outer;
        source.Leave();
    }

    private XmlItem? Element()
    {
        var (isRoot, line) = (container is null, Line);
        source.Begin(Position);
        var element = Shallow();
        container?.Add(element);
        var part = partOf(element);
        if (part == XmlPart.Container)
        {
            if (reader.IsEmptyElement) return null;
            container = element;
            source.Enter(reader.Name);
            return null;
        }
        if (isRoot && part != XmlPart.Item)
            return Break(new FormatProblem("", expectedRoot, $"the element {element.Name.LocalName}", Line: line));
        if (part == XmlPart.Context)
        {
            _ = TryFill(element);
            source.Keep(Position);
            return null;
        }
        item = element;
        if (part == XmlPart.Item) return Item(element, TryFill(element), isRoot, line);
        Pass();
        return null;
    }

    private XmlItem Item(XElement element, bool isShallowEnough, bool isRoot, int line)
    {
        if (!isShallowEnough) return new XmlItem(null, [], new FormatProblem("", $"elements at most {limits.Depth} deep", "deeper ones", Line: line), line);
        var raw = isRoot && document.Body.Charset is null ? document.Bytes.ToArray() : source.Item(Position);
        return raw.Length <= limits.ItemBytes
            ? new XmlItem(element, raw, null, line)
            : new XmlItem(null, raw[..limits.ItemBytes], new FormatProblem("", $"an item of at most {limits.ItemBytes} bytes", $"one of {raw.Length}", Line: line), line, IsTruncated: true);
    }

    /// <summary>The element at hand with its attributes, without its content.</summary>
    private XElement Shallow()
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        while (reader.MoveToNextAttribute())
        {
            var name = reader.NamespaceURI == XNamespace.Xmlns.NamespaceName && reader.LocalName == "xmlns"
                ? "xmlns"
                : XName.Get(reader.LocalName, reader.NamespaceURI);
            element.Add(new XAttribute(name, reader.Value));
        }
        reader.MoveToElement();
        return element;
    }

    /// <summary>Reads the content of the element at hand. What is too deep is passed over.</summary>
    private bool TryFill(XElement element)
    {
        if (reader.IsEmptyElement) return true;
        var (current, depth, isShallowEnough) = (element, 0, true);
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when depth == limits.Depth:
                    isShallowEnough = false;
                    Pass();
                    break;
                case XmlNodeType.Element:
                    var child = Shallow();
                    current.Add(child);
                    if (reader.IsEmptyElement) break;
                    (current, depth) = (child, depth + 1);
                    break;
                case XmlNodeType.EndElement when current == element:
                    return isShallowEnough;
                case XmlNodeType.EndElement:
                    (current, depth) = (current.Parent!, depth - 1);
                    break;
                // Between the item's own children white space says nothing; further inside it may part words of a text.
                case XmlNodeType.Whitespace when current == element:
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    current.Add(new XText(reader.Value));
                    break;
            }
        }
        return isShallowEnough;
    }

    /// <summary>Passes over the content of the element at hand, up to its end.</summary>
    private void Pass()
    {
        if (reader.IsEmptyElement) return;
        for (var outer = reader.Depth; reader.Read() && reader.Depth > outer;) { }
    }

    private XmlItem Break(FormatProblem problem)
    {
        isDone = true;
        var head = document.Bytes[..Math.Min(document.Bytes.Length, limits.ItemBytes)].ToArray();
        return new XmlItem(null, head, problem, problem.Line ?? 1, IsBreak: true, IsTruncated: head.Length < document.Bytes.Length);
    }
}
