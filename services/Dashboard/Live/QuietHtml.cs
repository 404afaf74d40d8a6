using Monitoring.Contracts;
using Monitoring.Dashboard.Upstream;

namespace Monitoring.Dashboard.Live;

/// <summary>The feeds that should have been heard: the same markup whether it comes with the page or over the stream; empty when there are none.</summary>
internal static class QuietHtml
{
    private const int Shown = 12;

    /// <param name="feeds"><c>null</c> where Ingestion could not be asked.</param>
    public static string Of(IReadOnlyCollection<QuietFeed>? feeds)
    {
        if (feeds is null) return "Whether feeds are quiet is not known at the moment: Ingestion does not answer.";
        if (feeds.Count == 0) return "";
        Html html = $"""
            <p>Not heard of as usual: <b>{feeds.Count}</b> {(feeds.Count == 1 ? "feed" : "feeds")}. That there is no news from them does not mean that nothing happened.</p><ul>{Items(feeds)}</ul>
            """;
        return html.ToString();
    }

    private static IEnumerable<Html> Items(IReadOnlyCollection<QuietFeed> feeds)
    {
        foreach (var feed in feeds.OrderByDescending(feed => feed.Health).ThenBy(feed => feed.LastHeardAt).Take(Shown))
        {
            var health = Wire<FeedHealth>.Name(feed.Health);
            yield return $"""<li data-id="{feed.Id}"><span class="health {health}">{health}</span> <b>{feed.Name}</b> {LastHeard(feed)}</li>""";
        }
        if (feeds.Count > Shown) yield return $"<li>and {feeds.Count - Shown} more</li>";
    }

    private static Html LastHeard(QuietFeed feed)
    {
        if (feed.LastHeardAt is not { } at) return $"""<span class="muted">never heard</span>""";
        return $"""<span class="muted">last heard {RowHtml.Time(at)}</span>""";
    }
}
