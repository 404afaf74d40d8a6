using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class ReliefWebFormatTests
{
    private static readonly ReliefWebFormat Format = new();

    [Fact]
    public async Task A_report_becomes_a_report()
    {
        var report = await Reading.ReportOf(Format, """
            {"totalCount":9,"count":1,"took":4,"data":[{"id":"4100001","score":2,"href":"https://api.reliefweb.int/v2/reports/4100001","fields":{"id":4100001,"title":"Floods","body":"**Three** districts","body-html":"<p><b>Three</b> districts</p>",
              "date":{"created":"2026-11-22T08:00:00+00:00","original":"2026-11-21T00:00:00+00:00","changed":"2026-11-22T09:00:00+00:00"},
              "primary_country":{"name":"Togo","iso3":"tgo","location":{"lat":8.5,"lon":1}},"country":[{"name":"Benin","iso3":"ben"},{"name":"Togo","iso3":"tgo","primary":true}],
              "source":[{"name":"Relief Desk","homepage":"https://desk.example"}],"disaster_type":[{"name":"Flood","code":"FL"}],"language":[{"name":"French","code":"fr"}],"status":"published",
              "url":"https://reliefweb.example/node/4100001","url_alias":"https://reliefweb.example/report/togo/floods"}}]}
            """);
        Assert.Equal("4100001", report.ExternalId);
        Assert.Equal(("Floods", "Three districts", "fr"), (report.Title, report.Text, report.Language));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), report.PublishedAt);
        Assert.Equal([new Place { Name = "Togo", Country = "TG" }, new Place { Name = "Benin", Country = "BJ" }], report.Places);
        Assert.Equal(["TG", "BJ"], report.Hints!.Countries);
        Assert.Equal([Domain.Climate], report.Hints.Domains);
        Assert.Equal("https://reliefweb.example/report/togo/floods", report.Url);
        Assert.Equal(("Relief Desk", "Flood"), (report.Attributes["source"], report.Attributes["disaster_type"]));
    }

    [Theory]
    [InlineData("""{"data":[{"id":"7","fields":{"id":7,"title":"Alone"}}]}""")]
    [InlineData("""{"data":{"id":7,"fields":{"title":"Alone"}}}""")]
    [InlineData("""{"id":"7","fields":{"title":"Alone"}}""")]
    [InlineData("""{"data":[{"fields":{"id":7,"title":"Alone"}}]}""")]
    public async Task Ids_are_strings_or_numbers_and_a_title_is_enough(string body) => Assert.Equal("7", (await Reading.ReportOf(Format, body)).ExternalId);

    [Fact]
    public async Task What_moves_without_anything_else_makes_no_revision()
    {
        const string body = """{"took":1,"data":[{"id":"7","score":1,"fields":{"title":"Alone","date":{"changed":"2026-11-22T09:00:00+00:00"}}}]}""";
        var again = body.Replace("09:00", "10:00").Replace("\"score\":1", "\"score\":3");
        Assert.Equal(ReportDigest.Of(await Reading.ReportOf(Format, body)), ReportDigest.Of(await Reading.ReportOf(Format, again)));
    }

    [Fact]
    public async Task A_time_that_can_not_be_read_is_kept()
    {
        var report = await Reading.ReportOf(Format, """{"data":[{"id":"7","fields":{"title":"Alone","date":{"event":"in spring","original":"Sun, 22 Nov 2026 08:00:00 GMT"}}}]}""");
        Assert.Equal(("in spring", new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero)), (report.Attributes["date.event"], report.PublishedAt));
    }

    [Theory]
    [InlineData("published", ReportStatus.Actual, ReportAction.New)]
    [InlineData("alert-archive", ReportStatus.Actual, ReportAction.New)]
    [InlineData("draft", ReportStatus.Draft, ReportAction.New)]
    [InlineData("embargoed", ReportStatus.Draft, ReportAction.New)]
    [InlineData("refused", ReportStatus.Actual, ReportAction.Cancel)]
    public async Task What_the_editors_have_not_published_is_a_draft(string status, ReportStatus expected, ReportAction action)
    {
        var report = await Reading.ReportOf(Format, $$$"""{"data":[{"id":"7","fields":{"title":"T","status":"{{{status}}}"}}]}""");
        Assert.Equal((expected, action, status), (report.Status, report.Action, report.Attributes["status"]));
    }

    [Theory]
    [InlineData("""{"id":"7","name":"fields"}""", "/fields")]
    [InlineData("""{"fields":{"title":"T"}}""", "/id")]
    public async Task An_item_without_fields_or_id_is_refused(string item, string pointer) =>
        Assert.Equal(pointer, (await Reading.ProblemOf(Format, $$"""{"data":[{{item}}]}""")).Pointer);

    [Fact]
    public async Task A_disaster_is_read_with_its_country_and_event_date()
    {
        var report = Assert.Single(await Reading.ReportsOf(Format, RealFiles.Read("reliefweb/disasters-25466.json")));
        Assert.Equal("25466", report.ExternalId);
        Assert.Equal(["BF"], report.Hints!.Countries);
        Assert.Equal([Domain.Climate], report.Hints.Domains);
        Assert.Equal(new DateTimeOffset(2015, 8, 7, 0, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal("FL-2015-000106-BFA", report.Attributes["glide"]);
    }

    [Fact]
    public async Task A_list_of_disasters_is_read_whole_and_epidemics_are_not_climate()
    {
        var reports = await Reading.ReportsOf(Format, RealFiles.Read("reliefweb/disasters-list.json"));
        Assert.Equal(300, reports.Count);
        var epidemics = reports.Where(report => report.Attributes["glide"].StartsWith("EP-", StringComparison.Ordinal)).ToList();
        Assert.Equal(54, epidemics.Count);
        Assert.All(epidemics, report => Assert.Null(report.Hints));
        Assert.Equal(133, reports.Count(report => report.Attributes["glide"].StartsWith("FL-", StringComparison.Ordinal) && report.Hints!.Domains.SequenceEqual([Domain.Climate])));
    }
}
