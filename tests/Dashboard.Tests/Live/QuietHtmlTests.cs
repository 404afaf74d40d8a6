using Monitoring.Contracts;
using Monitoring.Dashboard.Live;
using Monitoring.Dashboard.Upstream;

namespace Monitoring.Dashboard.Tests.Live;

public sealed class QuietHtmlTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Nothing_is_said_where_all_feeds_are_heard() => Assert.Equal("", QuietHtml.Of([]));

    [Fact]
    public void That_it_is_not_known_is_no_good_news() => Assert.Contains("not known", QuietHtml.Of(null));

    [Fact]
    public void A_feeds_name_is_text_and_never_markup()
    {
        var html = QuietHtml.Of([new(Guid.NewGuid(), "<script>alert(1)</script>", FeedHealth.Late, Noon)]);
        Assert.DoesNotContain("<script", html);
        Assert.Contains("&lt;script&gt;", html);
    }

    [Fact]
    public void Silent_feeds_come_before_late_ones_and_the_longest_unheard_first()
    {
        var html = QuietHtml.Of(
        [
            new(Guid.NewGuid(), "late", FeedHealth.Late, Noon.AddDays(-9)),
            new(Guid.NewGuid(), "silent", FeedHealth.Silent, Noon),
            new(Guid.NewGuid(), "announced", FeedHealth.Silent, LastHeardAt: null),
        ]);
        var order = new[] { "<b>announced</b>", "<b>silent</b>", "<b>late</b>" }.Select(name => html.IndexOf(name, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
        Assert.Contains("never heard", html);
        Assert.Contains("last heard <time datetime=\"2026-11-24T12:00:00.000Z\">", html);
    }

    [Fact]
    public void Of_very_many_the_others_are_counted()
    {
        var html = QuietHtml.Of([.. Enumerable.Range(0, 40).Select(number => new QuietFeed(Guid.NewGuid(), $"feed {number}", FeedHealth.Late, Noon))]);
        Assert.Contains("<b>40</b> feeds", html);
        Assert.Contains("and 28 more", html);
    }
}
