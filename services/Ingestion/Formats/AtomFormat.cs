using System.Xml.Linq;
using Monitoring.Ingestion.Formats.Syndication;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Atom 1.0 (RFC 4287) and 0.3, with the extensions that <see cref="RssFormat"/> reads, and the <c>cap:*</c> elements of weather services.
/// <list type="bullet">
/// <item><b>External id</b>: <c>id</c>, else the link, else a digest of title and text; that of a CAP message, see <see cref="CapElements"/>. An entry that is
/// published again is a revision.</item>
/// <item><b>Title, text</b>: as their type says (text, html, xhtml; 0.3: media types and modes); the longer of content and summary.</item>
/// <item><b>Published</b>: <c>published</c> (0.3: <c>issued</c>), else <c>updated</c>; where both are told, the latter is an attribute.</item>
/// <item><b>Url</b>: the alternate link, relative ones resolved against <c>xml:base</c>, else against where the feed says it is.</item>
/// <item>An entry whose content is a CAP alert is that alert, see <see cref="CapFormat"/>.</item>
/// </list>
/// </summary>
internal sealed class AtomFormat : XmlFormat
{
    public override string Name => "atom";

    public override IReadOnlyList<string> ContentTypes => ["application/atom+xml", "application/rss+xml", "text/xml", "application/xml"];

    public override string Example => """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss" xml:lang="en">
          <title>Harbour news</title>
          <id>tag:news.example,2026:harbour</id>
          <updated>2026-11-22T09:00:00Z</updated>
          <entry>
            <id>tag:news.example,2026:harbour/1</id>
            <title>Ransomware halts port of Tallinn</title>
            <link rel="alternate" href="https://news.example/harbour/1"/>
            <published>2026-11-22T08:30:00Z</published>
            <updated>2026-11-22T08:45:00Z</updated>
            <content type="html">&lt;p&gt;Cranes stand still since the early morning.&lt;/p&gt;</content>
            <georss:point>59.44 24.75</georss:point>
          </entry>
        </feed>
        """;

    protected override string Roots => "a feed";

    public override bool Recognises(BodySample sample) => sample.XmlRoot == "feed";

    protected override XmlPart PartOf(XElement element) => (element.Name.LocalName, element.Parent?.Name.LocalName) switch
    {
        ("feed", null) => XmlPart.Container,
        ("entry", null or "feed") => XmlPart.Item,
        ("link", "feed") => XmlPart.Context,
        _ => XmlPart.Skipped,
    };

    protected override void Map(XElement item, ReportBuilder report) => AtomEntry.Map(item, report);
}
