using Monitoring.Contracts;
using Monitoring.Dashboard.Live;

namespace Monitoring.Dashboard.Tests.Live;

public class RowHtmlTests
{
    [Fact]
    public void What_a_feed_wrote_is_text_and_never_markup()
    {
        var html = RowHtml.Of(Some.Row(Some.Alert(1, title: "<script>alert('1')</script> & \"more\"", countries: ["\"><b>"], assignee: "<i>")));

        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<b>", html);
        Assert.DoesNotContain("<i>", html);
        Assert.Contains("&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; &quot;more&quot;", html);
    }

    [Fact]
    public void Other_scripts_than_latin_stay_readable() => Assert.Contains("Порт Одеси", RowHtml.Of(Some.Row(Some.Alert(1, title: "Порт Одеси"))));

    [Fact]
    public void Severity_and_state_are_told_in_words()
    {
        var html = RowHtml.Of(Some.Row(Some.Alert(1, severity: Severity.Critical, state: AlertState.Acknowledged, assignee: "anna")));

        Assert.Contains(">critical</span>", html);
        Assert.Contains(">acknowledged <span class=\"assignee\">anna</span>", html);
    }

    [Fact]
    public void Time_is_in_utc_until_the_browser_knows_better() =>
        Assert.Equal("<time datetime=\"2026-11-24T12:00:01.500Z\">24 Nov 12:00 UTC</time>",
            RowHtml.Time(new DateTimeOffset(2026, 11, 24, 14, 0, 1, 500, TimeSpan.FromHours(2))).ToString());

    [Fact]
    public void An_endless_title_is_cut_between_characters()
    {
        var row = Some.Row(Some.Alert(1, title: string.Concat(Enumerable.Repeat("😀", 500))));

        Assert.InRange(row.Title.Length, 200, 240);
        Assert.False(char.IsHighSurrogate(row.Title[^2]));
        Assert.EndsWith("…", row.Title);
    }
}
