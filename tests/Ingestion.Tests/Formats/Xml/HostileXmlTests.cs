using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Tests.Formats.Xml;

/// <summary>Bodies of about a megabyte that are made to cost more than they weigh.</summary>
public sealed class HostileXmlTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static TheoryData<string> Bodies => [.. Made.Keys];

    private static readonly Dictionary<string, Func<string>> Made = new()
    {
        ["attributes of the root"] = () => $"<rss {Many(n => $"a{n}='' ")}><channel/></rss>",
        ["attributes of an item"] = () => $"<rss><channel><item {Many(n => $"a{n}='' ")}><title>a</title></item></channel></rss>",
        ["attributes within an item"] = () => $"<rss><channel><item><title {Many(n => $"a{n}='' ")}>a</title></item></channel></rss>",
        ["skipped elements"] = () => $"<rss><channel>{Many(_ => "<x/>", 200_000)}</channel></rss>",
        ["items and empty context"] = () => $"<rss><channel>{Many(_ => "<link/>", 2_000)}{Many(_ => "<item/>", 120_000)}</channel></rss>",
        ["items and links"] = () => $"<rss><channel>{Many(_ => "<link>a</link>", 300)}{Many(_ => "<item/>", 20_000)}</channel></rss>",
        ["channels"] = () => $"<rss>{Many(_ => "<channel></channel>", 50_000)}</rss>",
        ["places"] = () => $"<rss><channel><item><title>a</title>{Many(_ => "<geo:lat/>")}</item></channel></rss>",
        ["points"] = () => $"<rss><channel><item><title>a</title>{Many(n => $"<georss:point>1 {n}</georss:point>", 30_000)}</item></channel></rss>",
        ["names"] = () => $"<rss><channel><item><title>a</title>{Many(n => $"<x{n}/>")}</item></channel></rss>",
        ["attributes of HTML"] = () => $"<rss><channel><item><description>&lt;p {Many(n => $"a{n} ")}></description></item></channel></rss>",
        ["literals"] = () => $"<rss><channel><item><title>a</title><description>{Many(_ => "<![CDATA[\u0001", 90_000)}]]></description></item></channel></rss>",
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_feed_is_read_in_the_time_that_its_length_allows(string body) => await Read(new RssFormat(), Made[body]());

    [Fact]
    public async Task An_alert_of_many_descriptions_is_read_in_the_time_that_its_length_allows() => await Read(new CapFormat(),
        $"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'>{Many(n => $"<info><description>{n}</description></info>", 20_000)}</alert>");

    [Fact]
    public async Task An_item_of_too_many_attributes_is_refused_and_the_next_is_read()
    {
        var items = await Reading.ItemsOf(new RssFormat(), $"<rss><channel><item {Many(n => $"a{n}='' ", 201)}><title>a</title></item><item><title>b</title></item></channel></rss>");
        Assert.Equal(("at most 200 attributes of an element", "b"), (Assert.Single(items[0].Problems).Expected, items[1].Report?.Title));
    }

    [Theory]
    [InlineData("<rss><channel><link>{0}</link><item><title>a</title></item></channel></rss>")]
    [InlineData("<rss><channel a='{0}'><item><title>a</title></item></channel></rss>")]
    public async Task What_surrounds_items_has_a_bound(string form)
    {
        var item = Assert.Single(await Reading.ItemsOf(new RssFormat(), string.Format(null, form, new string('x', 20_000))));
        Assert.True(item.IsBreak);
        Assert.Equal("at most 16384 bytes around the items that each of them needs", Assert.Single(item.Problems).Expected);
    }

    [Fact]
    public void Names_that_documents_invent_are_kept_apart_from_those_that_stay()
    {
        var names = new XmlNameTable(room: 1);
        var (one, other) = (names.ForDocument(), names.ForDocument());
        Assert.Equal("first", names.Of("", "first", one).ToString());
        Assert.Equal("first", names.Of("", "first", other).ToString());
        Assert.NotEqual("second", names.Of("", "second", one));
        Assert.NotEqual(names.Of("", "second", one), names.Of("", "second", other));
        Assert.Equal("second", names.Of("", "second", one).LocalName);
        Assert.Equal("title", names.Of("", "title", one));
        Assert.Equal("{urn:x}second", names.Of("urn:x", "second", one).ToString());
    }

    [Theory]
    [InlineData("rss")]
    [InlineData("atom")]
    [InlineData("cap")]
    [InlineData("gdacs-georss")]
    [InlineData("malformed")]
    public async Task What_formats_look_for_is_found_though_there_is_no_room_for_any_other_name(string folder)
    {
        var limits = FormatLimits.Default with { XmlNames = new XmlNameTable(room: 0) };
        foreach (var file in RealFiles.In(folder))
            foreach (var format in new FeedFormat[] { new RssFormat(), new AtomFormat(), new CapFormat() })
            {
                var usual = await Reading.ItemsOf(format, RealFiles.Read(file));
                var cramped = await Reading.ItemsOf(format, RealFiles.Read(file), limits: limits);
                Assert.Equal(usual.Select(Bare), cramped.Select(Bare));
            }
    }

    /// <summary>All but the prefixes of attributes' names.</summary>
    private static string Bare(FeedItem item) => item.Report is not { } report ? string.Join("; ", item.Problems) : Convert.ToHexString(ReportDigest.Of(report with
    {
        Attributes = report.Attributes.GroupBy(pair => pair.Key[(pair.Key.IndexOf(':', StringComparison.Ordinal) + 1)..])
            .ToDictionary(same => same.Key, same => string.Join(", ", same.SelectMany(pair => pair.Value.Split(", ")).Order(StringComparer.Ordinal))),
    }));

    private static async Task Read(FeedFormat format, string body) =>
        Assert.NotNull(await Task.Run(() => Reading.ItemsOf(format, body)).WaitAsync(Patience, TestContext.Current.CancellationToken));

    private static string Many(Func<int, string> piece, int count = 90_000) => string.Concat(Enumerable.Range(0, count).Select(piece));
}
