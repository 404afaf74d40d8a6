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

    /// <summary>An element's attributes are looked through for each that is added.</summary>
    private const int MostAttributes = 200;

    private readonly FeedDocument document;
    private readonly FormatLimits limits;
    private readonly string ownNames;
    private readonly Func<XElement, XmlPart> partOf;
    private readonly string expectedRoot;
    private readonly XmlReader reader;
    private readonly int skippedLines;
    private readonly string text;
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
        ownNames = limits.XmlNames.ForDocument();
        text = XmlMending.Mend(XmlDeclaration.Decode(document.Bytes.Span, document.Body.Charset));
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
        Drop();
        try
        {
            while (reader.Read())
            {
                var found = reader.NodeType switch
                {
                    XmlNodeType.EndElement => Leave(),
                    XmlNodeType.Element => Element(),
                    _ => null,
                };
                if (found is not null) return found;
            }
            isDone = true;
            return null;
        }
        catch (XmlException fault)
        {
            // The reader tells no line only where it meets a document type.
            var documentType = fault.LineNumber == 0 ? text.IndexOf("<!DOCTYPE", StringComparison.Ordinal) : -1;
            return Break(documentType < 0
                ? new FormatProblem("", "well-formed XML", fault.Message, Line: skippedLines + Math.Max(1, fault.LineNumber))
                : new FormatProblem("", "XML without a document type (DTD)", "one", Line: skippedLines + 1 + text.AsSpan(0, documentType).Count('\n')));
        }
    }

    public void Dispose() => reader.Dispose();

    private IXmlLineInfo Position => (IXmlLineInfo)reader;

    private int Line => skippedLines + Position.LineNumber;

    private XmlItem? Leave()
    {
        var (left, outer) = (container, container?.Parent);
        var isKept = source.Leave();
        if (left is null || outer is null) return null;
        left.Remove();
        if (isKept) outer.Add(left);
        container = outer;
        return Surplus(Line);
    }

    private XmlItem? Element()
    {
        var (isRoot, line) = (container is null, Line);
        source.Begin(Position);
        var element = Shallow();
        // The first child is taken out again without a search for the one before it; what is kept goes to the end.
        container?.AddFirst(element);
        var part = partOf(element);
        if (part is XmlPart.Container or XmlPart.Context && HasTooManyAttributes) return Break(TooManyAttributes(line));
        if (part == XmlPart.Container)
        {
            if (reader.IsEmptyElement)
            {
                if (!isRoot) element.Remove();
                return null;
            }
            container = element;
            source.Enter(reader.Name);
            return Surplus(line);
        }
        if (isRoot && part != XmlPart.Item)
            return Break(new FormatProblem("", expectedRoot, $"the element {element.Name.LocalName}", Line: line));
        if (part == XmlPart.Context)
        {
            _ = Fill(element, line);
            element.Remove();
            // Each item would be read beside what says nothing.
            if (element.FirstNode is null && !element.HasAttributes) return null;
            source.Keep(Position);
            container!.Add(element);
            return Surplus(line);
        }
        item = element;
        if (part == XmlPart.Item) return Item(element, Fill(element, line), isRoot, line);
        Pass();
        Drop();
        return null;
    }

    /// <summary>The item at hand is done with.</summary>
    private void Drop()
    {
        if (item?.Parent is not null) item.Remove();
        item = null;
    }

    /// <summary>What is kept for each item has a bound, for there may be many items.</summary>
    private XmlItem? Surplus(int line) => source.HeadBytes <= limits.ContextBytes
        ? null
        : Break(new FormatProblem("", $"at most {limits.ContextBytes} bytes around the items that each of them needs", $"{source.HeadBytes}", Line: line));

    private bool HasTooManyAttributes => reader.AttributeCount > MostAttributes;

    private static FormatProblem TooManyAttributes(int line) => new("", $"at most {MostAttributes} attributes of an element", "more", Line: line);

    private XmlItem Item(XElement element, FormatProblem? problem, bool isRoot, int line)
    {
        if (problem is not null) return new XmlItem(null, [], problem, line);
        var raw = isRoot && document.Body.Charset is null && source.IsLast(Position) ? document.Bytes.ToArray() : source.Item(Position);
        return raw.Length <= limits.ItemBytes
            ? new XmlItem(element, raw, null, line)
            : new XmlItem(null, raw[..limits.ItemBytes], new FormatProblem("", $"an item of at most {limits.ItemBytes} bytes", $"one of {raw.Length}", Line: line), line, IsTruncated: true);
    }

    /// <summary>The element at hand with its attributes, unless they are too many, without its content.</summary>
    private XElement Shallow()
    {
        var element = new XElement(NameAtHand());
        if (HasTooManyAttributes) return element;
        while (reader.MoveToNextAttribute())
        {
            var isDefaultNamespace = reader.NamespaceURI == XNamespace.Xmlns.NamespaceName && reader.LocalName == "xmlns";
            element.Add(new XAttribute(isDefaultNamespace ? "xmlns" : NameAtHand(), reader.Value));
        }
        reader.MoveToElement();
        return element;
    }

    private XName NameAtHand() => limits.XmlNames.Of(reader.NamespaceURI, reader.LocalName, ownNames);

    /// <summary>Reads the content of the element at hand. What is too deep, or has too many attributes, is passed over.</summary>
    /// <returns>What is wrong, or <c>null</c>.</returns>
    private FormatProblem? Fill(XElement element, int line)
    {
        var problem = HasTooManyAttributes ? TooManyAttributes(line) : null;
        if (reader.IsEmptyElement) return problem;
        var (current, depth) = (element, 0);
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when depth == limits.Depth:
                    problem ??= new FormatProblem("", $"elements at most {limits.Depth} deep", "deeper ones", Line: line);
                    Pass();
                    break;
                case XmlNodeType.Element when HasTooManyAttributes:
                    problem ??= TooManyAttributes(line);
                    Pass();
                    break;
                case XmlNodeType.Element:
                    var child = Shallow();
                    current.Add(child);
                    if (reader.IsEmptyElement) break;
                    (current, depth) = (child, depth + 1);
                    break;
                case XmlNodeType.EndElement when current == element:
                    return problem;
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
        return problem;
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
