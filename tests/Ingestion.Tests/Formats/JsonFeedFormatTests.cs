using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class JsonFeedFormatTests
{
    private static readonly JsonFeedFormat Format = new();

    [Fact]
    public async Task An_item_becomes_a_report()
    {
        var report = await Reading.ReportOf(Format, """
            {"version":"https://jsonfeed.org/version/1.1","items":[{
              "id":"a","url":"https://news.example/a","external_url":"https://other.example/b","title":"Bridge closed","content_html":"<p>Until <b>noon</b>.</p><p>Take the ferry.</p>",
              "summary":"Closed bridge","date_published":"2026-11-22T08:00:00+02:00","date_modified":"2026-11-22T09:00:00Z","tags":["traffic","bridges"],
              "authors":[{"name":"A. Tamm"},{"url":"https://people.example/b"}],"language":"et","attachments":[{"url":"https://news.example/a.mp3","mime_type":"audio/mpeg"}],
              "_desk":{"name":"city"}}]}
            """);
        Assert.Equal("a", report.ExternalId);
        Assert.Equal("Bridge closed", report.Title);
        Assert.Equal("Until noon.\nTake the ferry.", report.Text);
        Assert.Equal("https://news.example/a", report.Url);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero), report.PublishedAt);
        Assert.Equal("et", report.Language);
        Assert.Equal(
            ["_desk", "attachments", "authors", "external_url", "summary", "tags"],
            report.Attributes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("traffic, bridges", report.Attributes["tags"]);
        Assert.Equal("A. Tamm, https://people.example/b", report.Attributes["authors"]);
    }

    [Fact]
    public async Task An_id_may_be_a_number_and_where_there_is_none_the_address_serves()
    {
        var reports = await Reading.ReportsOf(Format, """
            {"version":"https://jsonfeed.org/version/1","items":[{"id":17,"content_text":"one"},{"url":"https://news.example/2","content_text":"two"},{"content_text":"three"}]}
            """u8.ToArray());
        Assert.Equal(["17", "https://news.example/2"], reports.Take(2).Select(report => report.ExternalId));
        Assert.Equal(64, reports[2].ExternalId.Length);
    }

    [Fact]
    public async Task What_the_feed_says_of_all_items_holds_for_those_that_say_nothing_also_when_it_comes_after_them()
    {
        var reports = await Reading.ReportsOf(Format, """
            {"items":[{"id":1,"title":"Eins"},{"id":2,"title":"Two","language":"en","author":{"name":"B"}}],"language":"de","authors":[{"name":"Desk"}],"version":"https://jsonfeed.org/version/1.1"}
            """u8.ToArray());
        Assert.Equal(["de", "en"], reports.Select(report => report.Language));
        Assert.Equal(["Desk", "B"], reports.Select(report => report.Attributes["authors"]));
    }

    [Fact]
    public async Task What_the_feed_says_at_great_length_is_not_copied_into_its_items()
    {
        var body = $$"""{"version":"https://jsonfeed.org/version/1.1","language":"de","authors":[{"name":"{{new string('x', 20_000)}}"}],"items":[{"id":1,"title":"Eins"}]}""";
        var item = Assert.Single(await Reading.ItemsOf(Format, body));
        Assert.Equal("de", item.Report!.Language);
        Assert.InRange(item.Raw.Length, 1, 200);
    }

    [Theory]
    [InlineData("Sun, 22 Nov 2026 08:00:00 +0000", null)]
    [InlineData("at noon", "at noon")]
    public async Task A_time_may_be_as_in_mail_and_what_is_none_is_kept(string time, string? kept)
    {
        var report = await Reading.ReportOf(Format, $$"""{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"title":"Eins","date_published":"{{time}}"}]}""");
        Assert.Equal(kept is null ? new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero) : null, report.PublishedAt);
        Assert.Equal(kept, report.Attributes.GetValueOrDefault("date_published"));
    }

    [Fact]
    public async Task A_touched_item_is_the_same_and_an_edited_one_is_not()
    {
        const string item = """{"version":"https://jsonfeed.org/version/1","title":"T","items":[{"id":"a","content_text":"Noon","date_modified":"2026-11-22T08:00:00Z"}]}""";
        var first = ReportDigest.Of(await Reading.ReportOf(Format, item));
        Assert.Equal(first, ReportDigest.Of(await Reading.ReportOf(Format, item.Replace("08:00", "09:00").Replace("\"T\"", "\"U\""))));
        Assert.NotEqual(first, ReportDigest.Of(await Reading.ReportOf(Format, item.Replace("Noon", "Midnight"))));
    }

    [Fact]
    public async Task The_blog_is_read_whole()
    {
        var reports = await Reading.ReportsOf(Format, RealFiles.Read("jsonfeed/DaringFireball.json"));
        Assert.Equal(48, reports.Count);
        Assert.All(reports, report => Assert.True(report is { Title: not null, Text: not null, PublishedAt: not null, Url: not null } && report.Attributes.ContainsKey("authors")));
    }
}
