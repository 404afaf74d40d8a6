using System.Xml.Linq;
using Monitoring.Ingestion.Formats.Cap;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats.Syndication;

/// <summary>Maps an entry of an Atom feed, as <see cref="AtomFormat"/> tells.</summary>
internal static class AtomEntry
{
    public static void Map(XElement entry, ReportBuilder report)
    {
        var elements = new FeedElements(entry);
        var home = HomeOf(entry.Parent);
        var links = elements.Core("link").ToList();
        var link = LinkOf(links, "alternate");
        if (entry.Element(entry.Name.Namespace + "content")?.Elements().FirstOrDefault(IsAlert) is { } alert)
        {
            CapAlert.Map(alert, report);
            report.Url ??= link?.Resolve(link.Attribute("href")?.Value, home);
            return;
        }
        CapElements.Map(elements, report);
        Say(elements, report);
        report.Url = link?.Resolve(link.Attribute("href")?.Value, home) ?? report.Url;
        var name = elements.CoreText("id") ?? report.Url;
        report.PublishedAt = Time(elements, report, "published", "issued", "created") ?? report.PublishedAt;
        KeepUpdated(elements, report);
        var place = FeedPlaces.NameOf(elements);
        foreach (var (lat, lon) in FeedPlaces.Of(elements)) report.Place(place, null, lat, lon);
        Keep(elements, links, home, report);
        if (report.ExternalId is not null) report.Attribute("id", name);
        report.ExternalId ??= FeedElements.StableName(name, report);
    }

    private static bool IsAlert(XElement element) => element.Name.LocalName == "alert" && CapAlert.IsCap(element.Name);

    private static void Say(FeedElements elements, ReportBuilder report)
    {
        var title = elements.Core("title").FirstOrDefault();
        var content = elements.Core("content").FirstOrDefault();
        var summary = elements.Core("summary").FirstOrDefault();
        report.Title = XmlElements.OneLine(AtomText.Of(title)) ?? report.Title;
        report.Text = FeedTexts.Longest(AtomText.Of(content), AtomText.Of(summary)) ?? report.Text;
        report.Attribute("content", content?.Attribute("src")?.Value);
        report.Language = ((content ?? summary ?? title)?.Language() ?? elements.Item.Language() ?? elements.Text(XmlNames.DublinCore + "language")) ?? report.Language;
    }

    private static DateTimeOffset? Time(FeedElements elements, ReportBuilder report, params ReadOnlySpan<string> names)
    {
        DateTimeOffset? time = null;
        foreach (var name in names)
        {
            var text = elements.CoreText(name);
            var found = FeedTimes.OfMail(text);
            // What can't be read as a time is kept as it is.
            if (found is null) report.Attribute(name, text);
            time ??= found;
        }
        return time;
    }

    private static void KeepUpdated(FeedElements elements, ReportBuilder report)
    {
        var updated = elements.CoreText("updated") ?? elements.CoreText("modified");
        var time = FeedTimes.OfMail(updated);
        report.PublishedAt ??= time;
        if (time is null || report.PublishedAt != time) report.Attribute("updated", updated);
    }

    private static void Keep(FeedElements elements, List<XElement> links, string? home, ReportBuilder report)
    {
        foreach (var same in links.GroupBy(link => link.Attribute("rel")?.Value ?? "alternate"))
            if (same.Key is not ("alternate" or "self" or "edit"))
                report.Attribute(same.Key, same.Select(link => link.Resolve(link.Attribute("href")?.Value, home)).Joined());
        report.Attribute("category", elements.Core("category").Select(category => category.Attribute("term")?.Value ?? category.Text()).Joined());
        report.Attribute("author", elements.Core("author").Select(author => author.TextOf("name") ?? author.TextOf("email")).Joined());
        elements.KeepRest(report);
    }

    private static XElement? LinkOf(IEnumerable<XElement> links, string relation) =>
        links.Where(link => (link.Attribute("rel")?.Value ?? "alternate") == relation && link.Attribute("href") is not null)
            .MaxBy(link => link.Attribute("type")?.Value.Contains("html", StringComparison.OrdinalIgnoreCase) ?? true);

    /// <summary>Where the feed itself is, as far as it tells.</summary>
    private static string? HomeOf(XElement? feed)
    {
        var links = feed?.Children("link").ToList() ?? [];
        return (LinkOf(links, "self") ?? LinkOf(links, "alternate"))?.Attribute("href")?.Value;
    }
}
