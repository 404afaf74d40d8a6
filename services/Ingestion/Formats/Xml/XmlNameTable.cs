using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Xml.Linq;

namespace Monitoring.Ingestion.Formats.Xml;

/// <summary>
/// Makes the names of elements and attributes. A name lives as long as its namespace; in those that are held for good, documents that invent
/// names would fill the memory. There, names that formats look for are always made, and as many others as there is room for. Any further one
/// is put in a namespace of its document's own, which starts as the right one does and goes away with the document: it is kept with the
/// item, but without its prefix.
/// </summary>
/// <param name="room">How many names that no format looks for are made in namespaces that are held.</param>
internal sealed class XmlNameTable(int room)
{
    public static readonly XmlNameTable Shared = new(20_000);

    /// <summary>The local names that formats look for together with a namespace, those of attributes among them.</summary>
    private static readonly FrozenSet<string> Sought = FrozenSet.Create(
        StringComparer.Ordinal,
        "about", "alertlevel", "author", "base", "bbox", "body", "categories", "category", "comment", "commentRss", "comments", "content", "country", "created", "creator", "date", "description",
        "div", "encoded", "entity", "entry", "eventid", "eventtype", "featureName", "featurename", "fromdate", "fullitem", "georss", "guid", "href", "id", "in-reply-to", "isPermaLink", "iscurrent",
        "iso", "iso3", "issued", "item", "lang", "language", "lat", "link", "lon", "long", "mode", "modified", "name", "Point", "point", "population", "pubDate", "published", "rel",
        "severity", "src", "summary", "term", "title", "todate", "total", "type", "updated", "url", "vulnerability", "xmlns");

    private readonly ConcurrentDictionary<(string Space, string Local), XName> made = new();
    private int count;
    private int documents;

    /// <summary>What tells the namespaces of one document from those of others, and from any that a document can name.</summary>
    public string ForDocument() => string.Create(CultureInfo.InvariantCulture, $"\u0001{Interlocked.Increment(ref documents)}");

    /// <param name="space">The namespace.</param>
    /// <param name="local">The name in it.</param>
    /// <param name="document">The document's word, see <see cref="ForDocument"/>.</param>
    public XName Of(string space, string local, string document)
    {
        if (Sought.Contains(local) || !XmlNames.Held.Contains(space)) return XName.Get(local, space);
        if (made.TryGetValue((space, local), out var known)) return known;
        if (Volatile.Read(ref count) >= room) return XName.Get(local, space + document);
        var name = made.GetOrAdd((space, local), static key => XName.Get(key.Local, key.Space));
        Interlocked.Increment(ref count);
        return name;
    }
}
