using System.Text;
using System.Xml.Linq;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Tests.Formats.Xml;

public sealed class XmlReadingTests
{
    [Theory]
    [InlineData("<a>R&D &amp; M&amp;S</a>", "<a>R&amp;D &amp; M&amp;S</a>")]
    [InlineData("<a>caf&eacute;&nbsp;&#233;</a>", "<a>caf\u00e9\u00a0&#233;</a>")]
    [InlineData("<a><![CDATA[R&D &nbsp;]]></a>", "<a><![CDATA[R&D &nbsp;]]></a>")]
    [InlineData("<a>\u0001x&#0;&#x1F;</a>", "<a>x</a>")]
    [InlineData("<a><![CDATA[\u0002x&\u0003y]]>&</a>", "<a><![CDATA[x&y]]>&amp;</a>")]
    [InlineData("<a href='?a=1&b=2'/>", "<a href='?a=1&amp;b=2'/>")]
    [InlineData("<a>&nonsense;</a>", "<a>&amp;nonsense;</a>")]
    public void What_feed_readers_survive_is_mended(string xml, string mended) => Assert.Equal(mended, XmlMending.Mend(xml));

    [Fact]
    public void The_bytes_are_decoded_by_mark_content_type_or_declaration_and_a_wrong_word_is_passed_over()
    {
        Assert.Equal("<a>é</a>", XmlDeclaration.Decode([0xEF, 0xBB, 0xBF, .. "<a>é</a>"u8], "iso-8859-1"));
        Assert.Equal("<a>é</a>", XmlDeclaration.Decode(Encoding.Latin1.GetBytes("<a>é</a>"), "iso-8859-1"));
        Assert.EndsWith("<a>é</a>", XmlDeclaration.Decode(Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>"), null));
        Assert.EndsWith("<a>é</a>", XmlDeclaration.Decode("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>"u8, null));
        Assert.EndsWith("<a>é</a>", XmlDeclaration.Decode("<?xml version='1.0' encoding='utf-16'?><a>é</a>"u8, null));
        Assert.EndsWith("<a>é</a>", XmlDeclaration.Decode(Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='utf-8'?><a>é</a>"), null));
        Assert.Equal("<a>é</a>", XmlDeclaration.Decode([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<a>é</a>")], null));
        Assert.Equal("<a>é</a>", XmlDeclaration.Decode(Encoding.Unicode.GetBytes("<a>é</a>"), null));
    }

    [Theory]
    [InlineData("<?xml version='1.0'?><!-- <b> --><rss/>", "rss")]
    [InlineData("<rdf:RDF xmlns:rdf='x'>", "RDF")]
    [InlineData("<!DOCTYPE html><html>", "html")]
    [InlineData("<?xml version='1.0'?>", null)]
    public void The_root_is_found_at_the_start(string xml, string? root) => Assert.Equal(root, XmlDeclaration.RootOf(Encoding.UTF8.GetBytes(xml)));

    [Fact]
    public async Task Items_are_walked_one_by_one_within_what_surrounds_them()
    {
        var items = await Reading.ReportsOf(new Letters(), "<box xmlns:x='urn:x'><lang>et</lang><noise><item>no</item></noise><item>a</item><x:other/><item>b &amp; c</item></box>");
        Assert.Equal(["a", "b & c"], items.Select(report => report.Title));
        Assert.All(items, report => Assert.Equal("et", report.Language));
    }

    [Fact]
    public async Task A_document_that_is_one_item_keeps_none_of_what_breaks_off_behind_it()
    {
        var items = await Reading.ItemsOf(new Letters(), "<item>a</item></box>");
        Assert.Equal("a", items[0].Report!.Title);
        Assert.True(items[1].IsBreak);
        Assert.Equal("a", Assert.Single(await Reading.ReportsOf(new Letters(), items[0].Raw)).Title);
    }

    [Fact]
    public async Task What_stands_before_a_break_is_kept()
    {
        var items = await Reading.ItemsOf(new Letters(), "<box>\n<item>a</item>\n<item>b</box>");
        Assert.Equal("a", items[0].Report!.Title);
        Assert.True(items[1].IsBreak);
        Assert.Equal(3, Assert.Single(items[1].Problems).Line);
    }

    [Theory]
    [InlineData("<!DOCTYPE box [<!ENTITY a 'b'>]><box><item>&a;</item></box>", "XML without a document type (DTD)")]
    [InlineData("<DTD></x>", "a box")]
    [InlineData("<box><DTD></x></box>", "well-formed XML")]
    [InlineData("<other/>", "a box")]
    [InlineData("", "well-formed XML")]
    public async Task What_is_no_such_document_is_told(string xml, string expected) => Assert.Equal(expected, (await Reading.ProblemOf(new Letters(), xml)).Expected);

    [Fact]
    public async Task Items_that_are_too_deep_or_too_long_are_refused_and_the_next_is_read()
    {
        var deep = string.Concat(Enumerable.Repeat("<d>", 50_000)) + string.Concat(Enumerable.Repeat("</d>", 50_000));
        var items = await Reading.ItemsOf(new Letters(), Encoding.UTF8.GetBytes($"<box><item>{deep}</item><item>{new string('x', 5_000)}</item><item>c</item></box>"), limits: new FormatLimits { ItemBytes = 4_096 });
        Assert.Equal(["elements at most 32 deep", "an item of at most 4096 bytes"], items.Take(2).Select(item => Assert.Single(item.Problems).Expected));
        Assert.True(items[1].IsTruncated);
        Assert.Equal("c", items[2].Report!.Title);
    }

    private sealed class Letters : XmlFormat
    {
        public override string Name => "letters";
        public override IReadOnlyList<string> ContentTypes => [];
        public override string Example => "";
        protected override string Roots => "a box";

        protected override XmlPart PartOf(XElement element) => element.Name.LocalName switch
        {
            "box" => XmlPart.Container,
            "item" => XmlPart.Item,
            "lang" => XmlPart.Context,
            _ => XmlPart.Skipped,
        };

        protected override void Map(XElement item, ReportBuilder report)
        {
            report.Title = item.Value;
            report.Language = item.Parent?.Element("lang")?.Value;
        }
    }
}
