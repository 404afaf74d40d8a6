using System.Text;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class NwsFormatTests
{
    private static readonly NwsFormat Format = new();

    [Fact]
    public async Task An_alert_without_a_geometry_has_its_zones_and_its_area()
    {
        var report = await Reading.ReportOf(Format, Alert());
        Assert.Equal("urn:oid:1", report.ExternalId);
        Assert.Equal("Gale Warning until evening", report.Title);
        Assert.Equal("Winds to 40 kt.\n\nStay in port.", report.Text);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 16, 0, 0, TimeSpan.Zero), report.PublishedAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero), report.ExpiresAt);
        Assert.Equal([new Place { Name = "Lower Bay; Upper Bay", Country = "US" }], report.Places);
        Assert.Equal(Severity.High, report.Hints!.Severity);
        Assert.Equal([Domain.Climate], report.Hints.Domains);
        Assert.Equal("GMZ235, TXZ214", report.Attributes["UGC"]);
        Assert.Equal("077235", report.Attributes["SAME"]);
        Assert.Equal("Gale Warning", report.Attributes["event"]);
        Assert.Equal("https://api.weather.gov/alerts/urn:oid:1", report.Url);
    }

    [Fact]
    public async Task The_event_ends_it_and_where_that_is_not_known_the_message()
    {
        var report = await Reading.ReportOf(Format, Alert(ends: "\"2026-11-24T00:00:00Z\""));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), report.ExpiresAt);
    }

    [Fact]
    public async Task A_polygon_places_it()
    {
        var report = await Reading.ReportOf(Format, Alert(geometry: """{"type":"Polygon","coordinates":[[[-96,28],[-94,28],[-94,30],[-96,28]]]}"""));
        Assert.Equal((29.0, -95.0), (report.Places[0].Lat, report.Places[0].Lon));
    }

    [Fact]
    public async Task Only_territories_with_a_code_of_their_own_are_countries()
    {
        Assert.Equal(["PR", "US"], (await Reading.ReportOf(Format, Alert(zones: "\"PRZ001\",\"AMZ712\""))).Hints!.Countries);
        Assert.Equal(["GU"], (await Reading.ReportOf(Format, Alert(zones: "\"GUZ001\""))).Hints!.Countries);
    }

    [Theory]
    [InlineData("Alert", "Actual", ReportAction.New, ReportStatus.Actual)]
    [InlineData("Update", "Actual", ReportAction.Update, ReportStatus.Actual)]
    [InlineData("Cancel", "Exercise", ReportAction.Cancel, ReportStatus.Exercise)]
    [InlineData("Alert", "Test", ReportAction.New, ReportStatus.Test)]
    [InlineData("Alert", "Draft", ReportAction.New, ReportStatus.Draft)]
    [InlineData("Alert", "System", ReportAction.New, ReportStatus.System)]
    [InlineData("Ack", "Actual", ReportAction.New, ReportStatus.System)]
    [InlineData("Error", "Actual", ReportAction.New, ReportStatus.System)]
    [InlineData("Ack", "Test", ReportAction.New, ReportStatus.Test)]
    public async Task The_message_tells_action_and_status(string messageType, string status, ReportAction action, ReportStatus expected)
    {
        var report = await Reading.ReportOf(Format, Alert(messageType: messageType, status: status));
        Assert.Equal((action, expected), (report.Action, report.Status));
    }

    [Fact]
    public async Task References_name_earlier_alerts_as_these_name_themselves()
    {
        var report = await Reading.ReportOf(Format, Alert(references: """{"@id":"https://api.weather.gov/alerts/urn:oid:0","identifier":"urn:oid:0","sender":"w"},{"@id":"https://api.weather.gov/alerts/urn:oid:9"}"""));
        Assert.Equal(["urn:oid:0", "urn:oid:9"], report.References);
    }

    [Theory]
    [InlineData("\"Met\"", true)]
    [InlineData("\"Fire\"", true)]
    [InlineData("[\"Safety\",\"Geo\"]", true)]
    [InlineData("null", true)]
    [InlineData("\"Safety\"", false)]
    [InlineData("\"CBRNE\"", false)]
    public async Task What_is_not_of_nature_is_not_climate(string category, bool isClimate) =>
        Assert.Equal(isClimate ? [Domain.Climate] : [], (await Reading.ReportOf(Format, Alert().Replace("\"category\":\"Met\"", $"\"category\":{category}"))).Hints!.Domains);

    [Theory]
    [InlineData("Test Message", "urn:oid:1")]
    [InlineData("Required Weekly Test", "urn:oid:1")]
    [InlineData("Gale Warning", "NWS-IDP-PROD-KEEPALIVE-17")]
    public async Task Test_messages_and_keep_alives_are_tests_whatever_status_they_have(string name, string id) =>
        Assert.Equal(ReportStatus.Test, (await Reading.ReportOf(Format, Alert(name: name, id: id))).Status);

    [Theory]
    [InlineData("\"status\":\"Actual\"", "\"status\":\"Real\"", "/properties/status", "'Real'")]
    [InlineData("\"status\":\"Actual\",", "", "/properties/status", "''")]
    [InlineData("\"messageType\":\"Alert\"", "\"messageType\":\"Hello\"", "/properties/messageType", "'Hello'")]
    [InlineData("2026-11-22T10:00:00-06:00", "at noon", "/properties/sent", "'at noon'")]
    public async Task What_changes_the_meaning_and_is_not_known_is_refused(string text, string instead, string pointer, string found)
    {
        var problem = await Reading.ProblemOf(Format, Alert().Replace(text, instead));
        Assert.Equal((pointer, found), (problem.Pointer, problem.Found));
    }

    [Fact]
    public async Task A_graph_without_features_is_read_too()
    {
        var report = await Reading.ReportOf(Format, """
            {"@context":[],"@graph":[{"@type":"wx:Alert","id":"urn:oid:2","areaDesc":"Guam","status":"Actual","messageType":"Alert","severity":"Minor","event":"Rip Current Statement"}]}
            """);
        Assert.Equal(("urn:oid:2", "Rip Current Statement"), (report.ExternalId, report.Title));
    }

    [Fact]
    public async Task Alerts_whose_times_are_placeholders_are_refused_one_by_one()
    {
        var items = await Reading.ItemsOf(Format, RealFiles.Read("nws-alerts/active-with-offsets.json"));
        Assert.Equal(60, items.Count);
        Assert.All(items, item => Assert.All(item.Problems, problem => Assert.StartsWith("'date:", problem.Found, StringComparison.Ordinal)));
        Assert.All(items, item => Assert.Contains(item.Problems, problem => problem.Pointer == "/properties/onset"));
    }

    [Fact]
    public async Task The_active_alerts_are_read_whole()
    {
        var body = RealFiles.Read("nws-alerts/active-2026-05-14.json");
        Assert.True(Format.Recognises(BodySample.Of(body)));
        Assert.False(new GeoJsonFormat().Recognises(BodySample.Of(body)), Encoding.UTF8.GetString(body, 0, 100));
        var reports = await Reading.ReportsOf(Format, body);
        Assert.Equal(200, reports.Count);
        Assert.Equal(12, reports.Count(report => report.Places[0].Lat is not null));
        Assert.Equal(109, reports.Count(report => report is { Action: ReportAction.Update, References.Count: > 0 }));
    }

    private static string Alert(
        string id = "urn:oid:1", string name = "Gale Warning", string status = "Actual", string messageType = "Alert", string geometry = "null", string ends = "null",
        string zones = "\"GMZ235\",\"TXZ214\"", string references = "") => $$"""
        {"type":"FeatureCollection","title":"Alerts","updated":"2026-11-22T17:00:00Z","features":[{"id":"https://api.weather.gov/alerts/{{id}}","type":"Feature","geometry":{{geometry}},"properties":{
          "@type":"wx:Alert","id":"{{id}}","areaDesc":"Lower Bay; Upper Bay","geocode":{"SAME":["077235"],"UGC":[{{zones}}]},"affectedZones":[],"references":[{{references}}],
          "sent":"2026-11-22T10:00:00-06:00","effective":"2026-11-22T10:00:00-06:00","onset":"2026-11-22T12:00:00-06:00","expires":"2026-11-22T20:00:00-06:00","ends":{{ends}},
          "status":"{{status}}","messageType":"{{messageType}}","category":"Met","severity":"Severe","certainty":"Likely","urgency":"Expected","event":"{{name}}",
          "headline":"Gale Warning until evening","description":"Winds to 40 kt.","instruction":"Stay in port.","parameters":{"VTEC":["/O.NEW/"] } } }]}
        """;
}
