using System.Net;
using System.Text;
using System.Xml.Linq;

namespace Monitoring.Ingestion.Formats.Xml;

/// <summary>What formats ask of elements.</summary>
internal static class XmlElements
{
    /// <summary>The children of this local name, whatever their namespace.</summary>
    public static IEnumerable<XElement> Children(this XElement element, string name)
    {
        for (var node = element.FirstNode; node is not null; node = node.NextNode)
            if (node is XElement child && child.Name.LocalName == name) yield return child;
    }

    /// <summary>The first child of this local name, whatever its namespace.</summary>
    public static XElement? Child(this XElement element, string name)
    {
        for (var node = element.FirstNode; node is not null; node = node.NextNode)
            if (node is XElement child && child.Name.LocalName == name) return child;
        return null;
    }

    /// <summary>The text of the first child of this local name; <c>null</c> where there is none but white space.</summary>
    public static string? TextOf(this XElement element, string name) => element.Child(name)?.Text();

    /// <summary>All text within, without white space around it; <c>null</c> where nothing is left.</summary>
    public static string? Text(this XElement element) => element.Value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The content as HTML: either escaped, as most feeds have it, or elements of it under whatever prefix.</summary>
    public static string Markup(this XElement element)
    {
        if (!element.HasElements) return element.Value;
        var html = new StringBuilder();
        Write(element, html);
        return html.ToString();
    }

    /// <summary>The language that the nearest <c>xml:lang</c> tells, or <c>null</c>.</summary>
    public static string? Language(this XElement element)
    {
        for (var around = element; around is not null; around = around.Parent)
            if (around.Attribute(XNamespace.Xml + "lang") is { } language) return language.Value.Length > 0 ? language.Value : null;
        return null;
    }

    /// <summary>An address as it is meant at this element: relative ones start from <c>xml:base</c> (XML Base, section 4), else from the feed's home.</summary>
    public static string? Resolve(this XElement element, string? address, string? home = null)
    {
        address = address?.Trim();
        if (string.IsNullOrEmpty(address) || IsWeb(address, out _)) return address;
        if (address.Contains(':', StringComparison.Ordinal) && !address.Contains('/', StringComparison.Ordinal)) return address;
        var origin = BaseOf(element) ?? (IsWeb(home, out var web) ? web : null);
        return origin is not null && Uri.TryCreate(origin, address, out var resolved) ? resolved.AbsoluteUri : address;
    }

    /// <summary>Several values as one, each once; <c>null</c> where there are none.</summary>
    public static string? Joined(this IEnumerable<string?> values)
    {
        string? only = null;
        List<string>? several = null;
        HashSet<string>? seen = null;
        foreach (var value in values)
        {
            if (string.IsNullOrWhiteSpace(value)) continue;
            var text = value.Trim();
            only ??= text;
            if (text == only) continue;
            several ??= [only];
            if ((seen ??= new HashSet<string>(StringComparer.Ordinal)).Add(text)) several.Add(text);
        }
        return several is null ? only : string.Join(", ", several);
    }

    /// <summary>Text on one line.</summary>
    public static string? OneLine(string? text) => text is null ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Text with its lines, but without the white space that indents them in the document.</summary>
    public static string? Lines(string? text) => text is null ? null : string.Join('\n', text.Split('\n').Select(line => line.Trim()));

    private static Uri? BaseOf(XElement? element)
    {
        for (; element is not null; element = element.Parent)
        {
            if (element.Attribute(XNamespace.Xml + "base") is not { } given) continue;
            if (IsWeb(given.Value, out var absolute)) return absolute;
            return BaseOf(element.Parent) is { } outer && Uri.TryCreate(outer, given.Value, out var inner) ? inner : null;
        }
        return null;
    }

    /// <summary>A path alone is an absolute address of a file to <see cref="Uri"/>, but not to a feed.</summary>
    private static bool IsWeb(string? address, out Uri? uri) => Uri.TryCreate(address, UriKind.Absolute, out uri) && uri.Scheme is "http" or "https";

    private static void Write(XElement element, StringBuilder html)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText text) html.Append(WebUtility.HtmlEncode(text.Value));
            if (node is not XElement child) continue;
            html.Append('<').Append(child.Name.LocalName).Append('>');
            Write(child, html);
            html.Append("</").Append(child.Name.LocalName).Append('>');
        }
    }
}
