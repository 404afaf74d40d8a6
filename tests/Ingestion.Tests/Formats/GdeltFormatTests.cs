using System.Text;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class GdeltFormatTests
{
    private static readonly GdeltFormat Format = new();

    [Fact]
    public async Task The_rows_of_one_article_are_one_report_wherever_they_stand()
    {
        var reports = await Reading.ReportsOf(Format, Body(
            Row("1", source: "https://a.example/x", mentions: "2", root: "04", quad: "1", goldstein: "1.0"),
            Row("2", source: "https://b.example/y"),
            Row("3", source: "https://a.example/x", mentions: "9", root: "19", quad: "4", goldstein: "-10.0", place: "Kidal, Mali")));
        Assert.Equal(["https://a.example/x", "https://b.example/y"], reports.Select(report => report.ExternalId));
        Assert.Equal("1, 3", reports[0].Attributes["GLOBALEVENTID"]);
        Assert.Equal("Fight: Army vs Rebel (Kidal, Mali)", reports[0].Title);
        Assert.Equal(Severity.Medium, reports[0].Hints!.Severity);
        Assert.Equal([Domain.Military], reports[0].Hints!.Domains);
        Assert.Equal(["Kidal, Mali", "Perth, Australia"], reports[0].Places.Select(place => place.Name));
    }

    [Fact]
    public async Task A_row_tells_place_and_times_and_codes_are_FIPS()
    {
        var report = Assert.Single(await Reading.ReportsOf(Format, Body(Row("7"))));
        Assert.Equal([new Place { Name = "Perth, Australia", Country = "AU", Lat = -31.95, Lon = 115.86 }], report.Places);
        Assert.Equal(["ML", "AU"], report.Hints!.Countries);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 15, 0, TimeSpan.Zero), report.PublishedAt);
        Assert.Equal("https://a.example/x", report.Url);
        Assert.Null(report.Text);
    }

    [Fact]
    public async Task A_root_event_leads_before_others_that_are_mentioned_more()
    {
        var report = Assert.Single(await Reading.ReportsOf(Format, Body(Row("1", root: "19", mentions: "50", isRoot: "0"), Row("2", root: "14", mentions: "1"))));
        Assert.StartsWith("Protest: ", report.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_may_have_no_place_and_the_middle_of_a_country_is_none()
    {
        Assert.Empty(Assert.Single(await Reading.ReportsOf(Format, Body(Row("1", placeType: "0", place: "", country: "", lat: "", lon: "")))).Places);
        var report = Assert.Single(await Reading.ReportsOf(Format, Body(Row("1", placeType: "1", place: "Switzerland", country: "SZ", lat: "47", lon: "8"))));
        Assert.Equal([new Place { Name = "Switzerland", Country = "CH" }], report.Places);
    }

    [Fact]
    public async Task What_is_not_from_the_web_is_named_by_its_event()
    {
        var reports = await Reading.ReportsOf(Format, Body(Row("1", source: "BBC Monitoring"), Row("2", source: "BBC Monitoring")));
        Assert.Equal(["1", "2"], reports.Select(report => report.ExternalId));
        Assert.All(reports, report => Assert.Equal((null, "BBC Monitoring"), (report.Url, report.Attributes["url"])));
    }

    [Fact]
    public async Task The_first_version_has_58_columns_and_before_that_57()
    {
        var fields = Row("1", added: "20130401").Split('\t').ToList();
        foreach (var regionBelow in new[] { 55, 47, 39 }) fields.RemoveAt(regionBelow);
        var report = Assert.Single(await Reading.ReportsOf(Format, Body(string.Join('\t', fields))));
        Assert.Equal(("https://a.example/x", "Perth, Australia", -31.95), (report.ExternalId, report.Places[0].Name, report.Places[0].Lat));
        Assert.Equal(new DateTimeOffset(2013, 4, 1, 0, 0, 0, TimeSpan.Zero), report.PublishedAt);
        report = Assert.Single(await Reading.ReportsOf(Format, Body(string.Join('\t', fields[..57]))));
        Assert.Equal(("1", null), (report.ExternalId, report.Url));
    }

    [Fact]
    public async Task A_row_that_is_none_does_not_take_others_with_it()
    {
        var items = await Reading.ItemsOf(Format, Body(Row("1"), "2\tbroken", Row("3", source: "https://b.example", date: "2026-11-2")));
        Assert.Equal([true, false, false], items.Select(item => item.Report is not null));
        Assert.Equal(("57, 58 or 61 columns by tabs", "2", 2), (items[1].Problems[0].Expected, items[1].Problems[0].Found, items[1].Problems[0].Line));
        Assert.Equal(("SQLDATE", 3), (items[2].Problems[0].Pointer, items[2].Problems[0].Line));
    }

    [Fact]
    public async Task A_long_address_is_named_by_its_digest()
    {
        var address = "https://a.example/" + new string('x', 600);
        var report = Assert.Single(await Reading.ReportsOf(Format, Body(Row("1", source: address))));
        Assert.Equal((64, address), (report.ExternalId.Length, report.Url));
    }

    [Fact]
    public async Task An_hundred_rows_are_49_articles()
    {
        var body = RealFiles.Read("gdelt/gdelt2-events.csv");
        Assert.True(Format.Recognises(BodySample.Of(body)));
        var reports = await Reading.ReportsOf(Format, body);
        Assert.Equal(49, reports.Count);
        Assert.Equal(100, reports.Sum(report => report.Attributes["GLOBALEVENTID"].Split(", ").Length));
        Assert.Contains(reports, report => report.Places.Any(place => place is { Country: "ZW", Name: "Harare, Mashonaland East, Zimbabwe" }));
        Assert.All(reports, report => Assert.DoesNotContain(report.Places, place => place.Country is null));
    }

    [Theory]
    [InlineData("gdelt/gdelt2-mentions.csv", "one of mentions")]
    [InlineData("gdelt/gkg1-count.csv", "the counts of a knowledge graph (GKG 1)")]
    public async Task Other_tables_of_GDELT_are_refused_by_name(string file, string found)
    {
        var body = RealFiles.Read(file);
        Assert.True(Format.Recognises(BodySample.Of(body)));
        var item = Assert.Single(await Reading.ItemsOf(Format, body));
        Assert.Equal((found, true), (Assert.Single(item.Problems).Found, item.IsBreak));
    }

    private static byte[] Body(params string[] rows) => Encoding.UTF8.GetBytes(string.Join('\n', rows) + "\n");

    private static string Row(
        string id, string source = "https://a.example/x", string date = "20261121", string root = "14", string quad = "3", string goldstein = "-6.5", string mentions = "4", string isRoot = "1",
        string placeType = "4", string place = "Perth, Australia", string country = "AS", string lat = "-31.95", string lon = "115.86", string added = "20261122081500")
    {
        string[] actor1 = ["MLIMIL", "ARMY", "MLI", "", "", "", "", "MIL", "", ""];
        string[] actor2 = ["REB", "REBEL", "", "", "", "", "", "REB", "", ""];
        string[] nowhere = ["0", "", "", "", "", "", "", ""];
        string[] somewhere = [placeType, place, country, country + "01", "", lat, lon, "-1"];
        return string.Join('\t', [id, date, "202611", "2026", "2026.88", .. actor1, .. actor2, isRoot, root + "0", root + "0", root, quad, goldstein, mentions, "1", "3", "-4.5", .. nowhere, .. nowhere, .. somewhere, added, source]);
    }
}
