using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class AcledFormatTests
{
    private static readonly AcledFormat Format = new();

    [Fact]
    public async Task A_row_becomes_a_report()
    {
        var report = await Reading.ReportOf(Format,
            "event_id_cnty,event_date,time_precision,disorder_type,event_type,sub_event_type,actor1,actor2,iso,country,location,latitude,longitude,geo_precision,source,notes,fatalities,tags,timestamp\n"
            + "MLI7,21 November 2026,1,Political violence,Battles,Armed clash,Example Front,Civilians (Mali),466,Mali,Kidal,18.44,1.41,2,Desk,\"Shots fell,\nthen it was quiet.\",2,,1795334400\n");
        Assert.Equal(("MLI7", "Armed clash: Kidal, Mali", "Shots fell,\nthen it was quiet."), (report.ExternalId, report.Title, report.Text));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal([new Place { Name = "Kidal", Country = "ML", Lat = 18.44, Lon = 1.41 }], report.Places);
        Assert.Equal((Severity.High, "Example Front"), (report.Hints!.Severity, Assert.Single(report.Hints.Actors)));
        Assert.Equal([Domain.Military], report.Hints.Domains);
        Assert.Equal(("2", "1", "2", "Civilians (Mali)"), (report.Attributes["geo_precision"], report.Attributes["time_precision"], report.Attributes["fatalities"], report.Attributes["actor2"]));
        Assert.DoesNotContain("timestamp", report.Attributes.Keys);
    }

    [Theory]
    [InlineData("EVENT_ID_CNTY,EVENT_DATE,EVENT_TYPE,COUNTRY,LOCATION,NOTES,FATALITIES", "1BNG,09-May-2020,Battles,Mali,Kidal,Shots,0")]
    [InlineData("event_id_cnty,event_date,event_type,country,location,notes,fatalities", "1BNG,9-May-20,Battles,Mali,Kidal,Shots,0")]
    [InlineData("event_id_cnty;event_date;event_type;country;location;notes;fatalities", "1BNG;09 May 2020;Battles;Mali;Kidal;Shots;0")]
    [InlineData(",data_id,event_date,event_type,country,location,notes,fatalities", "0,1BNG,2020-05-09,Battles,Mali,Kidal,Shots,0")]
    [InlineData("EVENT_ID_CNTY,EVENT_DATE,EVENT_TYPE,ISO,LOCATION,NOTES,FATALITIES", "1BNG,5/9/2020,Battles,466,Kidal,Shots,0")]
    public async Task All_generations_of_headers_and_dates_are_one(string header, string row)
    {
        var report = await Reading.ReportOf(Format, header + "\r\n" + row + "\r\n");
        Assert.Equal(("1BNG", "ML", Severity.Medium), (report.ExternalId, report.Places[0].Country, report.Hints!.Severity));
        Assert.Equal(new DateTimeOffset(2020, 5, 9, 0, 0, 0, TimeSpan.Zero), report.OccurredAt);
    }

    [Theory]
    [InlineData("""{"status":200,"success":true,"count":1,"data":[{"event_id_cnty":"MLI7","event_date":"2026-11-21","event_type":"Protests","iso":466,"country":"Mali","location":"Kidal","latitude":"18.44","longitude":1.41,"notes":"A march.","fatalities":"0","timestamp":"1"}]}""")]
    [InlineData("""[{"event_id_cnty":"MLI7","event_date":"2026-11-21","event_type":"Protests","iso3":"MLI","location":"Kidal","latitude":18.44,"longitude":"1.41","notes":"A march.","fatalities":0}]""")]
    public async Task The_answer_of_the_API_is_read_too(string body)
    {
        var report = await Reading.ReportOf(Format, body);
        Assert.Equal(("MLI7", "A march.", Severity.Low), (report.ExternalId, report.Text, report.Hints!.Severity));
        Assert.Equal(new Place { Name = "Kidal", Country = "ML", Lat = 18.44, Lon = 1.41 }, Assert.Single(report.Places));
        Assert.Empty(report.Hints.Domains);
    }

    [Theory]
    [InlineData("0", "Battles", Severity.Medium)]
    [InlineData("0", "Explosions/Remote violence", Severity.Medium)]
    [InlineData("0", "Strategic developments", Severity.Low)]
    [InlineData("0", "Riots", Severity.Low)]
    [InlineData("1", "Riots", Severity.High)]
    [InlineData("50", "Battles", Severity.Critical)]
    [InlineData("", "Battles", Severity.Medium)]
    public async Task Deaths_tell_the_severity_and_the_kind_of_event_where_there_are_none(string fatalities, string kind, Severity severity) =>
        Assert.Equal(severity, (await Reading.ReportOf(Format, $"event_id_cnty,event_date,event_type,fatalities\nA1,2020-05-09,{kind},{fatalities}\n")).Hints!.Severity);

    [Theory]
    [InlineData("A march. [size=no report]", "", null)]
    [InlineData("A march. [size=around 300]", "", "around 300")]
    [InlineData("A march.", "crowd size=no report", null)]
    [InlineData("A march.", "women targeted; crowd size=about 40; local", "about 40")]
    public async Task No_report_of_a_size_is_no_size(string notes, string tags, string? size)
    {
        var report = await Reading.ReportOf(Format, $"event_id_cnty,event_date,event_type,notes,tags\nA1,2020-05-09,Protests,{notes},{tags}\n");
        Assert.Equal(size, report.Attributes.GetValueOrDefault("size"));
        Assert.Equal(notes, report.Text);
    }

    [Fact]
    public async Task A_deleted_event_is_cancelled()
    {
        var report = await Reading.ReportOf(Format, "event_id_cnty,deleted_timestamp\nMLI7,1795334400\n");
        Assert.Equal(("MLI7", ReportAction.Cancel), (report.ExternalId, report.Action));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), report.PublishedAt);
    }

    [Theory]
    [InlineData("A1,31/12/2020,1", "event_date")]
    [InlineData(",2020-05-09,1", "event_id_cnty")]
    [InlineData("A1,2020-05-09,some", "fatalities")]
    public async Task A_row_that_means_nothing_is_refused_with_its_line(string row, string pointer)
    {
        var items = await Reading.ItemsOf(Format, $"event_id_cnty,event_date,fatalities,event_type\nA0,2020-05-09,0,Battles\n{row},Battles\n");
        var problem = Assert.Single(items[1].Problems);
        Assert.Equal((pointer, 3), (problem.Pointer, problem.Line));
        Assert.NotNull(items[0].Report);
    }

    [Fact]
    public async Task An_answer_that_is_an_error_is_refused() =>
        Assert.Contains((await Reading.ItemsOf(Format, """{"status":403,"success":false,"error":"no access"}"""))[0].Problems, problem => problem.Pointer == "event_id_cnty");

    [Theory]
    [InlineData("acled/acled-africa-2016.csv", 500, 189, 2)]
    [InlineData("acled/acled-asia-2015.csv", 600, 72, 0)]
    public async Task The_years_are_read_whole(string file, int count, int deadly, int critical)
    {
        var body = RealFiles.Read(file);
        Assert.True(Format.Recognises(BodySample.Of(body)));
        var reports = await Reading.ReportsOf(Format, body);
        Assert.Equal(count, reports.Select(report => report.ExternalId).Distinct().Count());
        Assert.Equal(deadly, reports.Count(report => report.Hints!.Severity >= Severity.High));
        Assert.Equal(critical, reports.Count(report => report.Hints!.Severity == Severity.Critical));
        Assert.All(reports, report => Assert.NotNull(Assert.Single(report.Places).Country));
    }
}
