using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats.Syndication;

/// <summary>The children of an item or an entry. What has been asked for is taken; what is left becomes attributes.</summary>
internal sealed class FeedElements(XElement item)
{
    private static readonly string[] Addresses = ["url", "href", "term", "resource"];

    private readonly HashSet<XName> taken = [];

    public XElement Item => item;

    /// <summary>The elements of this name in the item's own namespace, which in RSS may be any or none.</summary>
    public IEnumerable<XElement> Core(string name) => Take(item.Name.Namespace + name);

    public IEnumerable<XElement> Take(XName name)
    {
        if (item.Element(name) is null) return [];
        taken.Add(name);
        return item.Elements(name);
    }

    /// <summary>The text of the first of these elements that has some.</summary>
    public string? Text(params ReadOnlySpan<XName> names)
    {
        string? text = null;
        foreach (var name in names) text ??= Take(name).Select(XmlElements.Text).FirstOrDefault(found => found is not null);
        return text;
    }

    /// <summary>As <see cref="Text"/>, of elements in the item's own namespace.</summary>
    public string? CoreText(string name) => Text(item.Name.Namespace + name);

    /// <summary>
    /// A name that stays when the item's date moves: what the feed calls it, else a digest of what it says.
    /// </summary>
    public static string? StableName(string? name, ReportBuilder report)
    {
        if (name is not null || (report.Title is null && report.Text is null)) return name;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{report.Title}\n{report.Text}")));
    }

    /// <summary>Keeps what nobody took and has a text or an address. Counters of comments are left out: they change while nothing else does.</summary>
    public void KeepRest(ReportBuilder report)
    {
        var rest = item.Elements().Where(element => !taken.Contains(element.Name) && !element.HasElements && !XmlNames.IsVolatile(element.Name));
        foreach (var same in rest.GroupBy(element => element.Name))
            report.Attribute(NameOf(same.Key), same.Select(element => element.Text() ?? AddressIn(element)).Joined());
    }

    private static string? AddressIn(XElement element) =>
        element.Attributes().FirstOrDefault(attribute => Array.IndexOf(Addresses, attribute.Name.LocalName) >= 0)?.Value;

    private string NameOf(XName name)
    {
        if (name.Namespace == item.Name.Namespace) return name.LocalName;
        var prefix = XmlNames.PrefixOf(name.Namespace) ?? item.GetPrefixOfNamespace(name.Namespace);
        return prefix is null ? name.LocalName : $"{prefix}:{name.LocalName}";
    }
}
