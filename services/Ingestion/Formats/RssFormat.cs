using System.Xml.Linq;
using Monitoring.Ingestion.Formats.Syndication;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// RSS 0.91, 0.92, 2.0 (RSS Advisory Board) under any namespace, RSS 0.90 and 1.0 (RDF), with Dublin Core, content, media, GeoRSS, GML and
/// W3C geography, and the extensions of GDACS (<see cref="GdacsElements"/>), EMM (<see cref="EmmElements"/>) and CAP (<see cref="CapElements"/>).
/// <list type="bullet">
/// <item><b>External id</b>: <c>guid</c>, permalink or not, <c>rdf:about</c>, else the link unless it is the channel's own, else a digest of
/// title and text. Dates are no part of it: an item whose <c>pubDate</c> moved is a revision, never news.</item>
/// <item><b>Title, text</b>: HTML, escaped or not; the longest of <c>content:encoded</c>, <c>description</c> and what else holds text.</item>
/// <item><b>Published</b>: <c>pubDate</c>, else Dublin Core's date.</item>
/// <item><b>Language</b>: the item's, else the channel's. Whose country that is, is no place of the event.</item>
/// <item>Of the channel, nothing that changes with each publication is looked at.</item>
/// </list>
/// </summary>
internal sealed class RssFormat : XmlFormat
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";
    private static readonly XNamespace Itunes = "http://www.itunes.com/dtds/podcast-1.0.dtd";

    private static readonly XName[] Texts =
    [
        XmlNames.Content + "encoded", Xhtml + "body", Xhtml + "div", XmlNames.Atom + "summary", XmlNames.DublinCore + "description", Media + "description", Itunes + "summary",
    ];

    private static readonly string[] CoreTexts = ["description", "encoded", "body", "fullitem", "summary"];

    public override string Name => "rss";

    public override IReadOnlyList<string> ContentTypes => ["application/rss+xml", "application/rdf+xml", "application/atom+xml", "text/xml", "application/xml"];

    public override string Example => """
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:georss="http://www.georss.org/georss">
          <channel>
            <title>Harbour news</title>
            <link>https://news.example/harbour</link>
            <description>What happens in ports</description>
            <language>en</language>
            <item>
              <guid isPermaLink="false">harbour-1</guid>
              <title>Ransomware halts port of Tallinn</title>
              <link>https://news.example/harbour/1</link>
              <description>&lt;p&gt;Cranes stand still since the early morning.&lt;/p&gt;</description>
              <pubDate>Sun, 22 Nov 2026 08:30:00 +0000</pubDate>
              <georss:point>59.44 24.75</georss:point>
            </item>
          </channel>
        </rss>
        """;

    protected override string Roots => "rss or RDF";

    public override bool Recognises(BodySample sample) => sample.XmlRoot is "rss" or "RDF";

    protected override XmlPart PartOf(XElement element) => (element.Name.LocalName, element.Parent?.Name.LocalName) switch
    {
        ("rss" or "RDF", null) or ("channel", "rss" or "RDF") => XmlPart.Container,
        ("item", "channel" or "rss" or "RDF") => XmlPart.Item,
        ("language" or "link", "channel") => XmlPart.Context,
        _ => XmlPart.Skipped,
    };

    protected override void Map(XElement item, ReportBuilder report)
    {
        var elements = new FeedElements(item);
        var channel = item.Parent?.Name.LocalName == "channel" ? item.Parent : item.Parent?.Child("channel");
        var home = channel?.Children("link").Select(XmlElements.Text).FirstOrDefault(text => text is not null);
        CapElements.Map(elements, report);
        var isAlert = report.ExternalId is not null;
        Say(elements, channel, report);
        var guid = elements.Core("guid").FirstOrDefault();
        var link = item.Resolve(LinkOf(elements), home);
        report.Url = link ?? (guid?.Attribute("isPermaLink")?.Value != "false" ? guid?.Text() : null) ?? report.Url;
        var name = guid?.Text() ?? item.Attribute(XmlNames.Rdf + "about")?.Value ?? (link == home ? null : link);
        Time(elements, report);
        var places = FeedPlaces.Of(elements);
        if (!GdacsElements.Map(elements, places, report))
        {
            var place = FeedPlaces.NameOf(elements);
            foreach (var (lat, lon) in places) report.Place(place, null, lat, lon);
        }
        EmmElements.Map(elements, report);
        Keep(elements, report);
        if (isAlert) report.Attribute("guid", name);
        report.ExternalId ??= FeedElements.StableName(name, report);
    }

    private static void Say(FeedElements elements, XElement? channel, ReportBuilder report)
    {
        var title = elements.Core("title").Select(element => HtmlText.Of(element.Markup())).FirstOrDefault(text => text is not null);
        report.Title = XmlElements.OneLine(title ?? elements.Text(XmlNames.DublinCore + "title", Media + "title")) ?? report.Title;
        string? longest = null;
        foreach (var element in CoreTexts.SelectMany(elements.Core).Concat(Texts.SelectMany(elements.Take)))
            longest = FeedTexts.Longest(longest, HtmlText.Of(element.Markup()));
        report.Text = longest ?? report.Text;
        report.Language = elements.Text(XmlNames.DublinCore + "language") ?? elements.CoreText("language") ?? EmmElements.LanguageOf(elements)
            ?? report.Language ?? elements.Item.Language() ?? channel?.TextOf("language");
    }

    private static string? LinkOf(FeedElements elements) =>
        elements.CoreText("link") ?? elements.Take(XmlNames.Atom + "link")
            .FirstOrDefault(link => link.Attribute("rel")?.Value is null or "alternate")?.Attribute("href")?.Value;

    private static void Time(FeedElements elements, ReportBuilder report)
    {
        var published = elements.CoreText("pubDate");
        report.PublishedAt = FeedTimes.OfMail(published)
            ?? FeedTimes.OfMail(elements.Text(XmlNames.DublinCore + "date", XmlNames.DublinCoreTerms + "issued", XmlNames.DublinCoreTerms + "created", XmlNames.Atom + "published"))
            ?? report.PublishedAt ?? FeedTimes.OfIso(elements.Text(XmlNames.Atom + "updated"));
        // What can't be read as a date is kept as it is.
        if (FeedTimes.OfMail(published) is null) report.Attribute("pubDate", published);
    }

    private static void Keep(FeedElements elements, ReportBuilder report)
    {
        var categories = elements.Core("category").Concat(elements.Core("categories").SelectMany(list => list.Children("category")));
        report.Attribute("category", categories.Select(XmlElements.Text).Joined());
        report.Attribute("author", elements.Core("author").Concat(elements.Take(XmlNames.DublinCore + "creator"))
            .Select(XmlElements.Text).Concat(elements.Take(XmlNames.Atom + "author").Select(author => author.TextOf("name"))).Joined());
        elements.KeepRest(report);
    }
}
