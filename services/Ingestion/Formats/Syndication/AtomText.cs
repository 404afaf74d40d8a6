using System.Xml.Linq;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats.Syndication;

/// <summary>Text constructs and content of Atom 1.0 (RFC 4287, sections 3.1 and 4.1.3) and 0.3, which also tells how they are written (<c>mode</c>).</summary>
internal static class AtomText
{
    /// <returns><c>null</c> where there is no text in it.</returns>
    public static string? Of(XElement? element)
    {
        if (element is null || element.Attribute("mode")?.Value == "base64") return null;
        if (element.HasElements) return HtmlText.Of(element.Markup());
        var type = element.Attribute("type")?.Value ?? "text";
        if (type.Contains("html", StringComparison.OrdinalIgnoreCase)) return HtmlText.Of(element.Value);
        // Any other type of content is base64.
        return type is "text" || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) ? XmlElements.Lines(element.Text()) : null;
    }
}
