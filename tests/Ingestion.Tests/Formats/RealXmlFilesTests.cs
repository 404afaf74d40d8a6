using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

/// <summary>What comes of each XML file that a real feed published, as counted in the file by eye.</summary>
public sealed class RealXmlFilesTests
{
    [Theory]
    [InlineData("cap/CanadaNaad.xml", "cap", 1)]
    [InlineData("cap/australia_bom.cap", "cap", 1)]
    [InlineData("cap/canada.cap", "cap", 1)]
    [InlineData("cap/earthquake-iso8859-1.cap", "cap", 1)]
    [InlineData("cap/earthquake_signed.cap", "cap", 1)]
    [InlineData("cap/google-PAAQ-4-mg5a94.xml", "cap", 1)]
    [InlineData("cap/iceland_met_office.cap", "cap", 1)]
    [InlineData("cap/ipaws-cancel.xml", "cap", 1)]
    [InlineData("cap/smhi.se.alerts.cap", "cap", 17)]
    [InlineData("cap/us_nws_weather.atom", "atom", 2)]
    [InlineData("cap/us_nws_weather.atom", "cap", 2)]
    [InlineData("cap/v1dot0_appendix_adot1.xml", "cap", 1)]
    [InlineData("cap/v1dot2_appendix_adot3.xml", "cap", 1)]
    [InlineData("rss/EMarley.rss", "rss", 10)]
    [InlineData("rss/aktuality.rss", "rss", 30)]
    [InlineData("rss/macworld.rss", "rss", 30)]
    [InlineData("rss/manton.rss", "rss", 10)]
    [InlineData("rss/monkeydom.rss", "rss", 13)]
    [InlineData("atom/DaringFireball.atom", "atom", 48)]
    [InlineData("atom/OneFootTsunami.atom", "atom", 25)]
    [InlineData("atom/qemu.atom", "atom", 10)]
    [InlineData("gdacs-georss/gdacs-1.xml", "rss", 4)]
    [InlineData("gdacs-georss/gdacs-rss.xml", "rss", 16)]
    public async Task Every_item_becomes_a_report_of_its_own(string file, string format, int count)
    {
        var reports = await Reading.ReportsOf(FeedFormats.Named(format)!, RealFiles.Read(file));
        Assert.Equal(count, reports.Count);
        Assert.Equal(count, reports.DistinctBy(report => report.ExternalId).Count());
    }

    [Theory]
    [InlineData("canada_errors.cap", "cap")]
    [InlineData("no_link.atom", "atom")]
    [InlineData("feedparser-chardet-euckr.xml", "rss")]
    [InlineData("feedparser-chardet-tis620.xml", "rss")]
    [InlineData("feedparser-namespace-rss2.0NSwithModulesNoDefNS.xml", "rss")]
    [InlineData("feedparser-sanitize-entry_content_crazy.xml", "atom")]
    [InlineData("feedparser-sanitize-entry_summary_frame.xml", "atom")]
    [InlineData("feedparser-sanitize-entry_title_link.xml", "atom")]
    [InlineData("feedparser-sanitize-item_body_script_map_content.xml", "rss")]
    [InlineData("feedparser-sanitize-item_description_applet.xml", "rss")]
    [InlineData("feedparser-sanitize-item_fullitem_frame.xml", "rss")]
    [InlineData("feedparser-sanitize-style_border_right_0pt.xml", "rss")]
    [InlineData("feedparser-sanitize-style_margin_bottom_10px.xml", "rss")]
    [InlineData("gofeed-rss-issue_303_encoded_no_namespace.xml", "rss")]
    public async Task What_is_odd_but_says_something_is_accepted(string file, string format) =>
        Assert.Single(await Reading.ReportsOf(FeedFormats.Named(format)!, RealFiles.Read($"malformed/{file}")));

    [Theory]
    [InlineData("feedparser-sanitize-feed_copyright_onblur.xml", "atom")]
    [InlineData("feedparser-sanitize-feed_info_onerror.xml", "atom")]
    [InlineData("feedparser-sanitize-feed_subtitle_onkeyup.xml", "atom")]
    [InlineData("feedparser-sanitize-feed_tagline_onmouseover.xml", "atom")]
    [InlineData("feedparser-sanitize-feed_title_onresize.xml", "atom")]
    [InlineData("feedparser-xml-empty_xmlns_uri.xml", "rss")]
    [InlineData("gofeed-rss-issue_305_bare_ampersand.xml", "rss")]
    public async Task A_feed_without_items_is_no_fault(string file, string format) =>
        Assert.Empty(await Reading.ItemsOf(FeedFormats.Named(format)!, RealFiles.Read($"malformed/{file}")));

    [Theory]
    [InlineData("defusedxml-external.xml", "rss", "XML without a document type (DTD)", 1)]
    [InlineData("defusedxml-xmlbomb2.xml", "atom", "XML without a document type (DTD)", 1)]
    [InlineData("feedparser-aaa_illformed.xml", "rss", "well-formed XML", 6)]
    [InlineData("feedparser-rss_incomplete_cdata.xml", "rss", "well-formed XML", 5)]
    [InlineData("feedparser-cdf-channel_abstract_map_description.xml", "rss", "rss or RDF", 5)]
    [InlineData("feedparser-geo-gml_point.xml", "atom", "a title or a text", 9)]
    [InlineData("feedparser-sanitize-acceptable_attribute_charoff.xml", "atom", "a title or a text", 6)]
    [InlineData("feedparser-sanitize-acceptable_attribute_high.xml", "atom", "a title or a text", 6)]
    [InlineData("feedparser-sanitize-acceptable_attribute_pqg.xml", "atom", "a title or a text", 6)]
    [InlineData("feedparser-sanitize-acceptable_attribute_variable.xml", "atom", "a title or a text", 6)]
    [InlineData("feedparser-sanitize-acceptable_element_dl.xml", "atom", "a title or a text", 6)]
    [InlineData("feedparser-sanitize-acceptable_element_option.xml", "atom", "a title or a text", 6)]
    [InlineData("feedparser-sanitize-item_xhtml_body_onabort.xml", "rss", "a title or a text", 7)]
    [InlineData("no_optional_fields.cap", "cap", "an info that tells of the event", 3)]
    public async Task What_says_nothing_or_is_nothing_of_ours_is_refused_with_the_line(string file, string format, string expected, int line)
    {
        var item = Assert.Single(await Reading.ItemsOf(FeedFormats.Named(format)!, RealFiles.Read($"malformed/{file}")));
        var problem = Assert.Single(item.Problems);
        Assert.Equal((expected, line), (problem.Expected, problem.Line));
    }

    [Fact]
    public async Task The_tsunami_update_refers_to_the_three_messages_before_it()
    {
        var report = await Reading.ReportsOf(new CapFormat(), RealFiles.Read("cap/google-PAAQ-4-mg5a94.xml"));
        Assert.Equal(["PAAQ-1-mg5a94", "PAAQ-2-mg5a94", "PAAQ-3-mg5a94"], Assert.Single(report).References);
    }

    [Fact]
    public async Task Latin_letters_of_the_earthquake_are_read_as_they_were_written() =>
        Assert.StartsWith("EQ 4.6 Usulután", Assert.Single(await Reading.ReportsOf(new CapFormat(), RealFiles.Read("cap/earthquake-iso8859-1.cap"))).Title);

    [Fact]
    public async Task Gdacs_events_lie_where_they_are_and_old_ones_expired()
    {
        var reports = await Reading.ReportsOf(new RssFormat(), RealFiles.Read("gdacs-georss/gdacs-rss.xml"));
        Assert.Equal(new Place { Name = "Mauritius", Country = "MU", Lat = -19.4, Lon = 59.8 }, reports[0].Places[0]);
        Assert.All(reports, report => Assert.Equal(report.Attributes["gdacs:iscurrent"] == "false", report.ExpiresAt is not null));
        Assert.All(reports, report => Assert.NotEmpty(report.Hints!.Countries));
    }
}
