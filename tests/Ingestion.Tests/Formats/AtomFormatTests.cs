using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class AtomFormatTests
{
    [Fact]
    public async Task An_entry_is_mapped()
    {
        var report = await ReportOf("""
            <id>urn:x:1</id><title type="html">Port &lt;b&gt;closed&lt;/b&gt;</title><published>2026-11-22T08:30:00Z</published><updated>2026-11-22T09:00:00+01:00</updated>
            <link rel="self" href="https://news.example/1.atom"/><link href="https://news.example/1"/><link rel="enclosure" href="https://news.example/1.mp3"/>
            <author><name>Desk</name></author><category term="ports"/><summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>No ships.</p><p>R&amp;D too.</p></div></content>
            """);
        Assert.Equal(("urn:x:1", "Port closed", "No ships.\nR&D too.", "https://news.example/1"), (report.ExternalId, report.Title, report.Text, report.Url));
        Assert.Equal(At("2026-11-22T08:30Z"), report.PublishedAt);
        Assert.Equal(["author=Desk", "category=ports", "enclosure=https://news.example/1.mp3", "updated=2026-11-22T09:00:00+01:00"],
            report.Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}"));
    }

    [Fact]
    public async Task The_older_version_is_read_too()
    {
        var report = await Reading.ReportOf(new AtomFormat(), """
            <feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>a</id><title mode="escaped" type="text/html">&lt;i&gt;Port&lt;/i&gt; closed</title>
              <issued>2026-11-22T08:30:00Z</issued><modified>2026-11-22T08:30:00Z</modified><content type="application/xhtml+xml" mode="xml"><p>No <b>ships</b></p></content></entry></feed>
            """);
        Assert.Equal(("Port closed", "No ships", At("2026-11-22T08:30Z")), (report.Title, report.Text, report.PublishedAt));
        Assert.Empty(report.Attributes);
    }

    [Fact]
    public async Task Text_without_a_type_is_no_html() => Assert.Equal("5 < 6 & 7 <b>", (await ReportOf("<title>5 &lt; 6 &amp; 7 &lt;b&gt;</title>")).Title);

    [Fact]
    public async Task Without_an_id_the_link_names_it_and_updated_stands_for_published()
    {
        var report = await ReportOf("<title>Port closed</title><link href='https://news.example/1'/><updated>2026-11-22T08:30:00Z</updated>");
        Assert.Equal(("https://news.example/1", At("2026-11-22T08:30Z")), (report.ExternalId, report.PublishedAt));
    }

    [Fact]
    public async Task A_moved_update_is_a_revision_and_the_feeds_own_is_none()
    {
        const string Entry = "<id>a</id><title>Port closed</title><updated>2026-11-22T08:30:00Z</updated>";
        var (first, moved) = (await ReportOf(Entry), await ReportOf(Entry.Replace("08:30", "09:30", StringComparison.Ordinal)));
        var later = await Reading.ReportOf(new AtomFormat(), Feed("<updated>2026-11-25T00:00:00Z</updated>", Entry));
        Assert.Equal(first.ExternalId, moved.ExternalId);
        Assert.Equal(ReportDigest.Of(first), ReportDigest.Of(later));
    }

    [Theory]
    [InlineData("xml:base='https://news.example/a/'", "<link href='1'/>", "https://news.example/a/1")]
    [InlineData("xml:base='https://news.example/a/'", "<link xml:base='b/' href='1'/>", "https://news.example/a/b/1")]
    [InlineData("", "<link href='/1'/>", "https://feeds.example/1")]
    public async Task A_relative_link_starts_from_the_base_or_from_where_the_feed_is(string attribute, string link, string url) =>
        Assert.Equal(url, (await Reading.ReportOf(new AtomFormat(),
            $"<feed xmlns='http://www.w3.org/2005/Atom' {attribute}><link rel='self' href='https://feeds.example/all.atom'/><entry><title>Port closed</title>{link}</entry></feed>")).Url);

    [Fact]
    public async Task The_nearest_language_is_taken()
    {
        Assert.Equal("et", (await ReportOf("<title>Port closed</title>")).Language);
        Assert.Equal("fi", (await ReportOf("<title>Port closed</title><content xml:lang='fi'>Suljettu</content>")).Language);
    }

    [Fact]
    public async Task Elements_of_cap_in_an_entry_tell_its_status_severity_and_end()
    {
        var report = await ReportOf("""
            <id>urn:x:w1</id><title>High wind warning</title><updated>2026-11-22T08:00:00Z</updated><summary>Gusts.</summary>
            <cap:event>High Wind</cap:event><cap:expires>2026-11-23T00:00:00Z</cap:expires><cap:status>Test</cap:status><cap:msgType>Update</cap:msgType>
            <cap:category>Met</cap:category><cap:urgency>Expected</cap:urgency><cap:severity>Severe</cap:severity><cap:certainty>Likely</cap:certainty>
            <cap:areaDesc>Harju</cap:areaDesc><cap:polygon>10,20 10,30 14,30 14,20 10,20</cap:polygon>
            <cap:geocode><valueName>UGC</valueName><value>EEZ001</value></cap:geocode>
            """);
        Assert.Equal(("urn:x:w1", "High wind warning", "Gusts."), (report.ExternalId, report.Title, report.Text));
        Assert.Equal((ReportStatus.Test, ReportAction.Update, At("2026-11-23T00:00Z")), (report.Status, report.Action, report.ExpiresAt));
        Assert.Equal((Severity.High, Domain.Climate), (report.Hints!.Severity, Assert.Single(report.Hints.Domains)));
        Assert.Equal(new Place { Name = "Harju", Lat = 12, Lon = 25 }, Assert.Single(report.Places));
        Assert.Equal("EEZ001", report.Attributes["geocode.UGC"]);
    }

    [Fact]
    public async Task A_message_of_cap_in_an_entry_is_named_as_references_name_it()
    {
        var first = await ReportOf("<id>urn:x:1</id><title>Storm</title><cap:identifier>storm-1</cap:identifier><cap:msgType>Alert</cap:msgType>");
        var cancel = await ReportOf("<id>urn:x:2</id><title>No storm</title><cap:identifier>storm-2</cap:identifier><cap:msgType>Cancel</cap:msgType><cap:references>w@x.example,storm-1,2026-11-22T08:00:00Z</cap:references>");
        Assert.Equal(("storm-1", "urn:x:1"), (first.ExternalId, first.Attributes["id"]));
        Assert.Equal((ReportAction.Cancel, first.ExternalId), (cancel.Action, Assert.Single(cancel.References)));
    }

    [Fact]
    public async Task Entries_for_the_areas_of_one_alert_are_named_by_the_feed()
    {
        var report = await ReportOf("<id>urn:x:1</id><title>Storm</title><cap:identifier>storm-1</cap:identifier><cap:message_type>Update</cap:message_type>");
        Assert.Equal(("urn:x:1", "storm-1", ReportAction.Update), (report.ExternalId, report.Attributes["identifier"], report.Action));
    }

    [Fact]
    public async Task Times_of_mail_are_read_and_what_is_none_is_kept()
    {
        var report = await ReportOf("<id>a</id><title>Port closed</title><published>lately</published><updated>Sun, 22 Nov 2026 08:30:00 GMT</updated>");
        Assert.Equal((At("2026-11-22T08:30Z"), "lately"), (report.PublishedAt, report.Attributes["published"]));
        Assert.Equal("today", (await ReportOf("<id>a</id><title>Port closed</title><updated>today</updated>")).Attributes["updated"]);
    }

    [Fact]
    public async Task An_entry_of_a_link_alone_says_nothing() =>
        Assert.Equal("a title or a text", (await Reading.ProblemOf(new AtomFormat(), Feed("", "<id>a</id><link href='https://news.example/1'/>"))).Expected);

    private static Task<Report> ReportOf(string entry) => Reading.ReportOf(new AtomFormat(), Feed("<updated>2026-11-22T10:00:00Z</updated>", entry));

    private static string Feed(string head, string entry) =>
        $"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:cap='urn:oasis:names:tc:emergency:cap:1.1' xml:lang='et'><id>f</id>{head}<entry>{entry}</entry></feed>";

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
