using System.Text;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class CsvFormatTests
{
    private static readonly CsvFormat Format = new();

    private static readonly Dictionary<string, string> Columns = new()
    {
        ["externalId"] = "Nr", ["title"] = "What", ["text"] = "Notes", ["occurredAt"] = "When", ["place"] = "Where", ["country"] = "Land", ["lat"] = "Y", ["lon"] = "X",
        ["severity"] = "Level", ["domains"] = "Topics", ["actors"] = "Who", ["status"] = "Kind", ["action"] = "Act",
    };

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public async Task The_feeds_columns_are_fields_and_the_others_are_kept(char delimiter)
    {
        string[] header = ["Nr", "What", "Notes", "When", "Where", "Land", "Y", "X", "Level", "Topics", "Who", "Kind", "Act", "Shift"];
        string[] row = ["7", "Port halted", "\"Cranes \"\"stand\"\",\nall of them; | still\"", "2026-11-22T08:00:00+02:00", "Tallinn", "EST", "59.44", "24.75", "High", "\"cyber,military\"", "\"A Group; B, Inc.\"", "exercise", "update", "late"];
        var report = Assert.Single(await Reading.ReportsOf(
            Format, Encoding.UTF8.GetBytes(string.Join(delimiter, header) + "\r\n" + string.Join(delimiter, row) + "\r\n"), body => body with { Columns = Columns }));
        Assert.Equal(("7", "Port halted", "Cranes \"stand\",\nall of them; | still"), (report.ExternalId, report.Title, report.Text));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal([new Place { Name = "Tallinn", Country = "EE", Lat = 59.44, Lon = 24.75 }], report.Places);
        Assert.Equal([Domain.Cyber, Domain.Military], report.Hints!.Domains);
        Assert.Equal(["A Group", "B, Inc."], report.Hints.Actors);
        Assert.Equal((Severity.High, ReportStatus.Exercise, ReportAction.Update), (report.Hints.Severity, report.Status, report.Action));
        Assert.Equal("late", Assert.Single(report.Attributes).Value);
    }

    [Fact]
    public async Task Without_a_mapping_columns_that_are_named_like_fields_are_taken()
    {
        var reports = await Reading.ReportsOf(Format, Encoding.UTF8.GetBytes("\uFEFFTitle,externalid,Crew\nFirst,1,5\n\nSecond,2,\n"));
        Assert.Equal([("1", "First"), ("2", "Second")], reports.Select(report => (report.ExternalId, report.Title!)));
        Assert.Equal("5", reports[0].Attributes["Crew"]);
        Assert.Empty(reports[1].Attributes);
    }

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    [InlineData("windows-1252")]
    [InlineData("utf-8")]
    public async Task The_charset_is_that_of_the_content_type(string charset)
    {
        var encoding = Encoding.GetEncoding(charset);
        byte[] body = [.. charset == "utf-16" ? encoding.GetPreamble() : [], .. encoding.GetBytes("externalId,title\n1,Überschwemmung in Köln\n")];
        var items = await Reading.ItemsOf(Format, body, with: feed => feed with { ContentType = $"text/csv; charset={charset}" });
        Assert.Equal("Überschwemmung in Köln", Assert.Single(items).Report!.Title);
        Assert.Equal("Überschwemmung in Köln", (await Reading.ReportsOf(Format, items[0].Raw))[0].Title);
    }

    [Theory]
    [InlineData("status", "real", "one of actual, exercise, test, system, draft")]
    [InlineData("action", "hello", "one of new, update, cancel")]
    [InlineData("severity", "purple", "one of info, low, medium, high, critical")]
    [InlineData("domains", "cyber;sport", "one of cyber, economic, climate, military")]
    [InlineData("occurredAt", "noon", "a date or date-time (ISO 8601)")]
    [InlineData("country", "Utopia", "a country code of ISO 3166-1")]
    public async Task A_field_that_means_nothing_is_refused_with_its_line(string column, string value, string expected)
    {
        var items = await Reading.ItemsOf(Format, $"title,{column}\n\"two\nlines\",\nBad,{value}\nGood,\n");
        Assert.Equal([true, false, true], items.Select(item => item.Report is not null));
        var problem = Assert.Single(items[1].Problems);
        Assert.Equal((column, expected, 4), (problem.Pointer, problem.Expected, problem.Line));
    }

    [Theory]
    [InlineData("95,1", "lat", "a number from -90 to 90")]
    [InlineData("north,1", "lat", "a number from -90 to 90")]
    [InlineData("5,", "lon", "latitude and longitude, or neither")]
    public async Task Coordinates_are_both_there_and_on_the_earth(string coordinates, string pointer, string expected)
    {
        var problem = await Reading.ProblemOf(Format, $"title,lat,lon\nHere,{coordinates}\n");
        Assert.Equal((pointer, expected), (problem.Pointer, problem.Expected));
    }

    [Fact]
    public async Task A_row_of_another_length_is_refused_and_those_after_it_are_read()
    {
        var items = await Reading.ItemsOf(Format, "title,text\none\ntwo,2\nthree,3,3\nfour,4");
        Assert.Equal([false, true, false, true], items.Select(item => item.Report is not null));
        Assert.Equal(("2 fields, as the header has", "1", 2), (items[0].Problems[0].Expected, items[0].Problems[0].Found, items[0].Problems[0].Line));
        Assert.Equal(4, items[2].Problems[0].Line);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_does_not_swallow_the_rest()
    {
        var items = await Reading.ItemsOf(Format, "title,text\none,1\ntwo,\"2\nthree,3\n");
        Assert.NotNull(items[0].Report);
        Assert.Equal(("a quote that is closed", 3, true), (items[1].Problems[0].Expected, items[1].Problems[0].Line, items[1].IsBreak));
        Assert.Equal(2, items.Count);
    }

    [Fact]
    public async Task A_table_without_a_column_that_the_feed_maps_is_refused_whole()
    {
        var items = await Reading.ItemsOf(Format, "Nr,Wat\n1,x\n"u8.ToArray(), with: body => body with { Columns = new Dictionary<string, string> { ["title"] = "What" } });
        Assert.Equal("a column 'What', the feed's title", Assert.Single(Assert.Single(items).Problems).Expected);
        Assert.Equal("a column for the title or the text", (await Reading.ProblemOf(Format, "Nr,Wat\n1,x\n")).Expected);
        Assert.Equal("a header with the names of the columns", (await Reading.ProblemOf(Format, "")).Expected);
    }

    [Fact]
    public async Task Rows_and_fields_are_bounded()
    {
        var limits = FormatLimits.Default with { ItemBytes = 1000 };
        var items = await Reading.ItemsOf(Format, Encoding.UTF8.GetBytes($"title,text\n{new string('x', 600)},{new string('y', 600)}\nshort,1\n"), limits: limits);
        Assert.True(items[0].IsTruncated);
        Assert.NotNull(items[1].Report);
        items = await Reading.ItemsOf(Format, Encoding.UTF8.GetBytes($"title,text\n\"{new string('x', 5000)}\",1\n"), limits: limits);
        Assert.Equal("fields of bounded length", Assert.Single(Assert.Single(items).Problems).Expected);
    }
}
