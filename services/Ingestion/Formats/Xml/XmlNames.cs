using System.Collections.Frozen;
using System.Xml;
using System.Xml.Linq;

namespace Monitoring.Ingestion.Formats.Xml;

/// <summary>Namespaces that feeds use, also under their usual prefix without declaring it.</summary>
internal static class XmlNames
{
    public static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    public static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    public static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    public static readonly XNamespace DublinCoreTerms = "http://purl.org/dc/terms/";
    public static readonly XNamespace Emm = "http://emm.jrc.it";
    public static readonly XNamespace Gdacs = "http://www.gdacs.org";
    public static readonly XNamespace Geo = "http://www.w3.org/2003/01/geo/wgs84_pos#";
    public static readonly XNamespace GeoRss = "http://www.georss.org/georss";
    public static readonly XNamespace Gml = "http://www.opengis.net/gml";
    public static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    private static readonly (string Prefix, string Namespace)[] Prefixes =
    [
        ("atom", Atom.NamespaceName), ("content", Content.NamespaceName), ("dc", DublinCore.NamespaceName), ("dcterms", DublinCoreTerms.NamespaceName),
        ("emm", Emm.NamespaceName), ("gdacs", Gdacs.NamespaceName), ("geo", Geo.NamespaceName), ("georss", GeoRss.NamespaceName), ("gml", Gml.NamespaceName),
        ("rdf", Rdf.NamespaceName), ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"), ("media", "http://search.yahoo.com/mrss/"),
        ("slash", "http://purl.org/rss/1.0/modules/slash/"), ("sy", "http://purl.org/rss/1.0/modules/syndication/"), ("wfw", "http://wellformedweb.org/CommentAPI/"),
        ("iso19115", "http://www.iso.org/iso19115"), ("xlink", "http://www.w3.org/1999/xlink"), ("xhtml", "http://www.w3.org/1999/xhtml"),
    ];

    private static readonly FrozenDictionary<XNamespace, string> ByNamespace = Prefixes.ToFrozenDictionary(pair => XNamespace.Get(pair.Namespace), pair => pair.Prefix);

    /// <summary>Modules that count comments and their like.</summary>
    private static readonly FrozenSet<XNamespace> Volatile = FrozenSet.Create<XNamespace>(
        "http://purl.org/rss/1.0/modules/slash/", "http://purl.org/syndication/thread/1.0", "http://wellformedweb.org/CommentAPI/");

    /// <summary>The namespaces that are held here, or by the runtime, as long as the process lives.</summary>
    public static readonly FrozenSet<string> Held =
        FrozenSet.Create([.. Prefixes.Select(pair => pair.Namespace), .. Volatile.Select(name => name.NamespaceName), "", XNamespace.Xml.NamespaceName, XNamespace.Xmlns.NamespaceName]);

    /// <summary>The usual prefix of a namespace, or <c>null</c>.</summary>
    public static string? PrefixOf(XNamespace name) => ByNamespace.GetValueOrDefault(name);

    /// <summary>Whether an element tells only what changes by itself while the item stays the same.</summary>
    public static bool IsVolatile(XName name) => Volatile.Contains(name.Namespace);

    /// <summary>A context in which the usual prefixes mean what they usually mean.</summary>
    public static XmlParserContext KnownPrefixes()
    {
        var names = new NameTable();
        var namespaces = new XmlNamespaceManager(names);
        foreach (var (prefix, name) in Prefixes) namespaces.AddNamespace(prefix, name);
        return new XmlParserContext(names, namespaces, xmlLang: null, XmlSpace.None);
    }
}
