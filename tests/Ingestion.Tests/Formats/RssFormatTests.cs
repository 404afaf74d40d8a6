using System.Text;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class RssFormatTests
{
    [Theory]
    [InlineData("<rss version='0.91'><channel>", "</channel></rss>")]
    [InlineData("<rss version='2.0'><channel>", "</channel></rss>")]
    [InlineData("<rss version='2.0' xmlns='http://backend.userland.com/rss2'><channel>", "</channel></rss>")]
    [InlineData("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel/>", "</rdf:RDF>")]
    [InlineData("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/>", "</rdf:RDF>")]
    public async Task Every_version_is_read_under_any_namespace(string start, string end)
    {
        var report = await Reading.ReportOf(new RssFormat(), $"{start}<item><title>Port closed</title><link>https://news.example/1</link><description>No ships.</description></item>{end}");
        Assert.Equal(("https://news.example/1", "Port closed", "No ships.", "https://news.example/1"), (report.ExternalId, report.Title, report.Text, report.Url));
    }

    [Theory]
    [InlineData("<guid>a-1</guid><link>https://news.example/1</link>", "a-1", "https://news.example/1")]
    [InlineData("<guid isPermaLink='false'>https://news.example/?p=1</guid>", "https://news.example/?p=1", null)]
    [InlineData("<guid>https://news.example/1</guid>", "https://news.example/1", "https://news.example/1")]
    [InlineData("<link>/1</link>", "https://news.example/1", "https://news.example/1")]
    public async Task A_guid_names_the_item_else_its_link(string content, string name, string? url)
    {
        var report = await ReportOf($"<title>Port closed</title>{content}");
        Assert.Equal((name, url), (report.ExternalId, report.Url));
    }

    [Fact]
    public async Task Without_a_guid_or_a_link_of_its_own_a_digest_of_what_it_says_names_it_whatever_its_date()
    {
        var first = await ReportOf("<title>Port closed</title><pubDate>Sun, 22 Nov 2026 08:30:00 GMT</pubDate>");
        var moved = await ReportOf("<title>Port closed</title><pubDate>Sun, 22 Nov 2026 09:30:00 GMT</pubDate>");
        var atHome = await ReportOf("<title>Port closed</title><link>https://news.example/</link>");
        var other = await ReportOf("<title>Port open</title>");
        Assert.Equal(64, first.ExternalId.Length);
        Assert.Equal([first.ExternalId, first.ExternalId], [moved.ExternalId, atHome.ExternalId]);
        Assert.NotEqual(first.ExternalId, other.ExternalId);
    }

    [Fact]
    public async Task An_edited_item_keeps_its_name_and_what_the_channel_says_of_itself_changes_nothing()
    {
        const string Item = "<guid>a-1</guid><title>Port closed</title><pubDate>Sun, 22 Nov 2026 08:30:00 GMT</pubDate>";
        var report = await ReportOf(Item);
        var edited = await ReportOf(Item.Replace("08:30", "09:45", StringComparison.Ordinal));
        var later = await Reading.ReportOf(new RssFormat(), Feed(Item).Replace("<language>", "<lastBuildDate>Mon, 23 Nov 2026 00:00:00 GMT</lastBuildDate><language>", StringComparison.Ordinal));
        Assert.Equal(report.ExternalId, edited.ExternalId);
        Assert.NotEqual(ReportDigest.Of(report), ReportDigest.Of(edited));
        Assert.Equal(ReportDigest.Of(report), ReportDigest.Of(later));
    }

    [Fact]
    public async Task Html_becomes_text_and_the_longest_is_taken()
    {
        var report = await ReportOf("""
            <title>R&amp;D &lt;b&gt;lab&lt;/b&gt; hit</title><description><![CDATA[<p>Short</p>]]></description>
            <content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>First & foremost</p><script>no()</script><p>long.</p>]]></content:encoded>
            """);
        Assert.Equal(("R&D lab hit", "First & foremost\nlong."), (report.Title, report.Text));
    }

    [Fact]
    public async Task What_feed_readers_survive_is_survived()
    {
        var bytes = Encoding.UTF8.GetBytes("\uFEFF<?xml version='1.0' encoding='iso-8859-1'?>" + Feed("<title>Café & bar &eacute;t&#233;</title><link>https://news.example/?a=1&b=2</link>"));
        var report = Assert.Single(await Reading.ReportsOf(new RssFormat(), bytes));
        Assert.Equal(("Café & bar été", "https://news.example/?a=1&b=2"), (report.Title, report.Url));
    }

    [Fact]
    public async Task Language_authors_categories_and_what_else_is_told_are_kept_but_no_counters()
    {
        var report = await ReportOf("""
            <title>Port closed</title><author>desk@news.example</author><category>ports</category><category>ships</category><enclosure url="https://news.example/1.jpg" type="image/jpeg"/>
            <slash:comments>7</slash:comments><dc:subject>harbours</dc:subject>
            """);
        Assert.Equal("et", report.Language);
        Assert.Equal(["author=desk@news.example", "category=ports, ships", "dc:subject=harbours", "enclosure=https://news.example/1.jpg"],
            report.Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}"));
    }

    [Theory]
    [InlineData("<georss:point>59.44 24.75</georss:point>", 59.44, 24.75)]
    [InlineData("<georss:polygon>10 20 10 30 14 30 14 20 10 20</georss:polygon>", 12, 25)]
    [InlineData("<georss:line>10 20 14 20</georss:line>", 12, 20)]
    [InlineData("<georss:box>10 170 14 -170</georss:box>", 12, 180)]
    [InlineData("<georss:where><gml:Point><gml:pos>59.44 24.75</gml:pos></gml:Point></georss:where>", 59.44, 24.75)]
    [InlineData("<gml:Point><gml:pos>59.44 24.75</gml:pos></gml:Point>", 59.44, 24.75)]
    [InlineData("<gml:Point><gml:coordinates>24.75,59.44</gml:coordinates></gml:Point>", 59.44, 24.75)]
    [InlineData("<geo:lat>59.44</geo:lat><geo:long>24.75</geo:long>", 59.44, 24.75)]
    [InlineData("<geo:Point><geo:lat>59.44</geo:lat><geo:long>24.75</geo:long></geo:Point>", 59.44, 24.75)]
    public async Task A_place_is_read_in_the_right_order(string content, double lat, double lon) =>
        Assert.Equal(new Place { Lat = lat, Lon = lon }, Assert.Single((await ReportOf($"<title>Port closed</title>{content}")).Places));

    [Theory]
    [InlineData("<georss:point>0 0</georss:point>")]
    [InlineData("<georss:point>north</georss:point>")]
    [InlineData("<georss:point>95 24</georss:point>")]
    [InlineData("<geo:lat>59.44</geo:lat>")]
    [InlineData("<source url='https://paper.example' country='FR'>A paper</source>")]
    public async Task What_is_no_place_of_the_event_is_none(string content) => Assert.Empty((await ReportOf($"<title>Port closed</title>{content}")).Places);

    [Fact]
    public async Task An_event_of_gdacs_is_one_report_over_its_episodes()
    {
        static string Event(int episode, string rest = "") => $"""
            <title>Cyclone</title><guid>TC77-{episode}</guid><pubDate>Sun, 22 Nov 2026 08:30:00 GMT</pubDate><gdacs:fromdate>Fri, 20 Nov 2026 06:00:00 GMT</gdacs:fromdate>
            <gdacs:todate>Sat, 21 Nov 2026 18:00:00 GMT</gdacs:todate><gdacs:eventtype>TC</gdacs:eventtype><gdacs:eventid>77</gdacs:eventid><gdacs:episodeid>{episode}</gdacs:episodeid>
            <gdacs:episodealertlevel>Red</gdacs:episodealertlevel>{rest}
            """;
        var first = await ReportOf(Event(1, "<gdacs:alertlevel>Orange</gdacs:alertlevel><gdacs:iscurrent>true</gdacs:iscurrent><gdacs:iso3>FJI</gdacs:iso3><gdacs:country>Fiji</gdacs:country><geo:Point><geo:lat>-18</geo:lat><geo:long>178</geo:long></geo:Point>"));
        Assert.Equal(("TC77", At("2026-11-20T06:00Z"), At("2026-11-22T08:30Z"), null), (first.ExternalId, first.OccurredAt, first.PublishedAt, first.ExpiresAt));
        Assert.Equal((Severity.High, Domain.Climate, "FJ"), (first.Hints!.Severity, Assert.Single(first.Hints.Domains), Assert.Single(first.Hints.Countries)));
        Assert.Equal(new Place { Name = "Fiji", Country = "FJ", Lat = -18, Lon = 178 }, Assert.Single(first.Places));

        var second = await ReportOf(Event(2, "<gdacs:iscurrent>false</gdacs:iscurrent><gdacs:bbox>10 20 40 50</gdacs:bbox><gdacs:iso3>ESP</gdacs:iso3><gdacs:country>Spain, Bosnia &amp; Herzegovina</gdacs:country>"));
        Assert.Equal(("TC77", At("2026-11-21T18:00Z"), "2"), (second.ExternalId, second.ExpiresAt, second.Attributes["gdacs:episodeid"]));
        Assert.Equal(["ES", "BA"], second.Hints!.Countries);
        Assert.Equal(new Place { Lat = 45, Lon = 15 }, second.Places[0]);
        Assert.Equal(["Spain", "Bosnia & Herzegovina"], second.Places.Skip(1).Select(place => place.Name));
    }

    [Fact]
    public async Task Places_that_emm_found_in_the_text_are_places_and_the_papers_country_is_none()
    {
        var report = await ReportOf("""
            <title>Port closed</title><source url="https://paper.example" country="FR">paper</source><iso:language xmlns:iso="http://www.iso.org/3166">fr</iso:language>
            <emm:georss name="Tallinn:Harju:Estonia" lat="59.44" lon="24.75" iso="EE"/><emm:entity id="1" name="Port Authority"/>
            """);
        Assert.Equal(new Place { Name = "Tallinn", Country = "EE", Lat = 59.44, Lon = 24.75 }, Assert.Single(report.Places));
        Assert.Equal(("fr", "Port Authority"), (report.Language, report.Attributes["emm:entity"]));
    }

    [Theory]
    [InlineData("<item><link>https://news.example/1</link></item>", "a title or a text")]
    [InlineData("<item><title> </title></item>", "a title or a text")]
    public async Task An_item_that_says_nothing_is_a_problem(string item, string expected) =>
        Assert.Equal(expected, (await Reading.ProblemOf(new RssFormat(), $"<rss><channel>{item}</channel></rss>")).Expected);

    [Fact]
    public async Task Items_beside_their_channel_keep_its_language_and_home()
    {
        var reports = await Reading.ReportsOf(new RssFormat(), """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
              <channel rdf:about="https://news.example/feed"><title>News</title><link>https://news.example/</link><dc:language>et</dc:language><items><rdf:Seq><rdf:li resource="/1"/></rdf:Seq></items></channel>
              <image rdf:about="https://news.example/logo"><url>https://news.example/logo</url></image>
              <item rdf:about="urn:x:1"><title>Port closed</title><link>/1</link></item>
              <item rdf:about="urn:x:2"><title>Port open</title><link>/2</link></item>
            </rdf:RDF>
            """u8.ToArray());
        Assert.Equal([("https://news.example/1", "et"), ("https://news.example/2", "et")], reports.Select(report => (report.Url, report.Language)));
    }

    [Fact]
    public async Task Other_xml_is_refused() => Assert.Equal("rss or RDF", (await Reading.ProblemOf(new RssFormat(), "<CHANNEL><item/></CHANNEL>")).Expected);

    private static Task<Report> ReportOf(string item) => Reading.ReportOf(new RssFormat(), Feed(item));

    private static string Feed(string item) =>
        $"<rss version='2.0'><channel><title>News</title><link>https://news.example/</link><language>et</language><item>{item}</item></channel></rss>";

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
