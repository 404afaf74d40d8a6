using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class UsgsFormatTests
{
    private static readonly UsgsFormat Format = new();

    [Fact]
    public async Task An_event_becomes_a_report()
    {
        var report = await Reading.ReportOf(Format, Quake());
        Assert.Equal("us1", report.ExternalId);
        Assert.Equal("M 6.3 - 9 km N of Springfield", report.Title);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, 500, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal([new Place { Name = "9 km N of Springfield", Lat = 3.25, Lon = 128.5 }], report.Places);
        Assert.Equal([Domain.Climate], report.Hints!.Domains);
        Assert.Equal("97.1", report.Attributes["depth"]);
        Assert.Equal("reviewed", report.Attributes["status"]);
        Assert.Equal(ReportAction.New, report.Action);
    }

    [Fact]
    public async Task The_other_ids_of_the_event_are_references()
    {
        var report = await Reading.ReportOf(Format, Quake(ids: ",us1,ci2,at00x3,"));
        Assert.Equal(["ci2", "at00x3"], report.References);
        Assert.Equal(",us1,ci2,at00x3,", report.Attributes["ids"]);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("DELETED")]
    public async Task A_deleted_event_is_cancelled(string status) => Assert.Equal(ReportAction.Cancel, (await Reading.ReportOf(Format, Quake(status: status))).Action);

    [Theory]
    [InlineData("\"red\"", 5.0, Severity.Critical)]
    [InlineData("\"orange\"", 5.0, Severity.High)]
    [InlineData("\"yellow\"", 7.2, Severity.Medium)]
    [InlineData("\"green\"", 7.2, Severity.Low)]
    [InlineData("null", 8.0, Severity.Critical)]
    [InlineData("null", 7.2, Severity.High)]
    [InlineData("null", 6.0, Severity.Medium)]
    [InlineData("null", 4.5, Severity.Low)]
    [InlineData("null", 2.1, Severity.Info)]
    public async Task The_alert_colour_tells_the_severity_and_where_there_is_none_the_magnitude(string alert, double magnitude, Severity severity) =>
        Assert.Equal(severity, (await Reading.ReportOf(Format, Quake(alert: alert, magnitude: magnitude))).Hints!.Severity);

    [Theory]
    [InlineData("quarry blast", null, Severity.Info)]
    [InlineData("Explosion", null, Severity.Info)]
    [InlineData("nuclear explosion", Domain.Military, Severity.High)]
    [InlineData("landslide", Domain.Climate, Severity.Medium)]
    public async Task What_is_no_natural_event_is_not_climate(string type, Domain? domain, Severity severity)
    {
        var report = await Reading.ReportOf(Format, Quake(type: type));
        Assert.Equal(domain is { } only ? [only] : [], report.Hints!.Domains);
        Assert.Equal(severity, report.Hints.Severity);
    }

    [Fact]
    public async Task Only_what_matters_makes_a_revision()
    {
        var first = ReportDigest.Of(await Reading.ReportOf(Format, Quake()));
        Assert.Equal(first, ReportDigest.Of(await Reading.ReportOf(Format, Quake(updated: 1795399999999))));
        Assert.Equal(first, ReportDigest.Of(await Reading.ReportOf(Format, Quake().Replace("\"felt\":6,\"mmi\":4.5", "\"felt\":99,\"cdi\":5.1,\"mmi\":4.7,\"sources\":\",us,ci,\"").Replace("\"sig\":613", "\"sig\":640"))));
        Assert.NotEqual(first, ReportDigest.Of(await Reading.ReportOf(Format, Quake(alert: "\"red\""))));
    }

    [Fact]
    public async Task An_event_without_an_id_or_a_time_is_refused()
    {
        var item = Assert.Single(await Reading.ItemsOf(Format, """{"type":"Feature","properties":{"mag":5,"title":"M 5","ids":",a,","time":"today"}}"""));
        Assert.Equal(["/id", "/properties/time"], item.Problems.Select(problem => problem.Pointer));
        Assert.Null(item.Report);
    }

    [Theory]
    [InlineData("usgs-geojson/4.5_month-2014.geojson", 409, 36)]
    [InlineData("usgs-geojson/significant_month-2023-02.geojson", 14, 12)]
    public async Task The_months_are_read_whole(string file, int count, int withAlert)
    {
        var reports = await Reading.ReportsOf(Format, RealFiles.Read(file));
        Assert.Equal(count, reports.Count);
        Assert.Equal(count, reports.Select(report => report.ExternalId).Distinct().Count());
        Assert.Equal(withAlert, reports.Count(report => report.Attributes.ContainsKey("alert")));
        Assert.All(reports, report => Assert.NotNull(Assert.Single(report.Places).Lat));
    }

    private static string Quake(
        string alert = "null", double magnitude = 6.3, string status = "REVIEWED", string type = "earthquake", string ids = ",us1,", long updated = 1795335000000) =>
        FormattableString.Invariant($$"""
        {"type":"FeatureCollection","metadata":{"generated":{{updated}},"count":7},"features":[{"type":"Feature","id":"us1","geometry":{"type":"Point","coordinates":[128.5,3.25,97.1]},
          "properties":{"mag":{{magnitude}},"place":"9 km N of Springfield","time":1795334400500,"updated":{{updated}},"tz":null,"url":"https://quakes.example/us1","felt":6,"mmi":4.5,
          "alert":{{alert}},"status":"{{status}}","tsunami":0,"sig":613,"net":"us","code":"1","ids":"{{ids}}","magType":"mww","type":"{{type}}","title":"M 6.3 - 9 km N of Springfield"} }]}
        """);
}
