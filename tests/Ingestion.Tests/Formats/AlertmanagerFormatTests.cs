using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class AlertmanagerFormatTests
{
    private static readonly AlertmanagerFormat Format = new();

    [Fact]
    public async Task One_post_has_many_alerts()
    {
        var reports = await Reading.ReportsOf(Format, System.Text.Encoding.UTF8.GetBytes(Post(Alert(instance: "a"), Alert(instance: "b", fingerprint: "f2"))));
        Assert.Equal(["f1@2026-11-22T08:00:00.1234567Z", "f2@2026-11-22T08:00:00.1234567Z"], reports.Select(report => report.ExternalId));
        var first = reports[0];
        Assert.Equal(("Router is down", "No answer."), (first.Title, first.Text));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero).AddTicks(1234567), first.OccurredAt);
        Assert.Null(first.ExpiresAt);
        Assert.Equal("http://prometheus.example/graph", first.Url);
        Assert.Equal(("a", "LinkDown", "firing"), (first.Attributes["labels.instance"], first.Attributes["labels.alertname"], first.Attributes["status"]));
    }

    [Fact]
    public async Task What_is_resolved_updates_the_alert_that_fired_and_ends_it()
    {
        var firing = await Reading.ReportOf(Format, Post(Alert()));
        var resolved = await Reading.ReportOf(Format, Post(Alert(status: "resolved", endsAt: "2026-11-22T09:30:00Z")));
        Assert.Equal(firing.ExternalId, resolved.ExternalId);
        Assert.Equal(firing.Title, resolved.Title);
        Assert.Equal((ReportAction.New, ReportAction.Update), (firing.Action, resolved.Action));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero), resolved.ExpiresAt);
        Assert.Null((await Reading.ReportOf(Format, Post(Alert(status: "resolved")))).ExpiresAt);
    }

    [Fact]
    public async Task While_it_fires_its_end_is_a_time_out_and_a_repeated_notification_tells_nothing_new()
    {
        var first = await Reading.ReportOf(Format, Post(Alert()));
        var again = await Reading.ReportOf(Format, Post(Alert(endsAt: "2026-11-22T09:30:00Z")));
        Assert.Equal(ReportDigest.Of(first), ReportDigest.Of(again));
    }

    [Fact]
    public async Task When_it_fires_again_it_is_news()
    {
        var first = await Reading.ReportOf(Format, Post(Alert()));
        var later = await Reading.ReportOf(Format, Post(Alert(startsAt: "2026-11-23T08:00:00Z")));
        Assert.NotEqual(first.ExternalId, later.ExternalId);
    }

    [Fact]
    public async Task Without_a_fingerprint_the_labels_name_it_in_any_order()
    {
        static string Labelled(string labels) => $$"""{"alerts":[{"status":"firing","labels":{{labels}},"annotations":{},"startsAt":"2026-11-22T08:00:00Z","endsAt":"0001-01-01T00:00:00Z"}]}""";
        var first = await Reading.ReportOf(Format, Labelled("""{"alertname":"A","instance":"x"}"""));
        Assert.Equal(first.ExternalId, (await Reading.ReportOf(Format, Labelled("""{"instance":"x","alertname":"A"}"""))).ExternalId);
        Assert.NotEqual(first.ExternalId, (await Reading.ReportOf(Format, Labelled("""{"alertname":"A","instance":"y"}"""))).ExternalId);
        Assert.Equal("A", first.Title);
    }

    [Theory]
    [InlineData("critical", Severity.Critical)]
    [InlineData("Page", Severity.Critical)]
    [InlineData("major", Severity.High)]
    [InlineData("warning", Severity.Medium)]
    [InlineData("low", Severity.Low)]
    [InlineData("none", Severity.Info)]
    [InlineData("P7", null)]
    public async Task The_label_tells_the_severity(string label, Severity? severity) => Assert.Equal(severity, (await Reading.ReportOf(Format, Post(Alert(severity: label)))).Hints?.Severity);

    [Theory]
    [InlineData("""{"status":"pending","labels":{"alertname":"A"},"startsAt":"2026-11-22T08:00:00Z"}""", "/status", "'pending'")]
    [InlineData("""{"status":"firing","labels":{"alertname":"A"},"startsAt":"soon"}""", "/startsAt", "'soon'")]
    [InlineData("""{"status":{"state":"active"},"labels":{"alertname":"A"},"startsAt":"2026-11-22T08:00:00Z"}""", "/status", "'an object, as in the API's lists'")]
    public async Task An_alert_that_is_none_is_refused(string alert, string pointer, string found)
    {
        var problem = await Reading.ProblemOf(Format, Post(alert));
        Assert.Equal((pointer, found), (problem.Pointer, problem.Found));
    }

    [Theory]
    [InlineData("alertmanager/icmp-ping-1.json", ReportAction.New)]
    [InlineData("alertmanager/icmp-ping-2.json", ReportAction.Update)]
    public async Task Three_pings_are_three_reports(string file, ReportAction action)
    {
        var reports = await Reading.ReportsOf(Format, RealFiles.Read(file));
        Assert.Equal(3, reports.Select(report => report.ExternalId).Distinct().Count());
        Assert.All(reports, report => Assert.Equal((action, Severity.High, null), (report.Action, report.Hints!.Severity, report.ExpiresAt)));
        Assert.Equal("No physical connection to 172.29.254.30", reports[0].Title);
    }

    [Fact]
    public async Task The_list_of_the_api_is_refused_group_by_group()
    {
        var body = RealFiles.Read("alertmanager/api-v2-groups-0.22.0.json");
        Assert.True(Format.Recognises(BodySample.Of(body)));
        var items = await Reading.ItemsOf(Format, body);
        Assert.NotEmpty(items);
        Assert.All(items, item => Assert.Contains(item.Problems, problem => problem is { Pointer: "/alerts", Expected: "an alert of webhook version 4" }));
    }

    private static string Alert(
        string status = "firing", string instance = "a", string fingerprint = "f1", string startsAt = "2026-11-22T08:00:00.123456789Z", string endsAt = "0001-01-01T00:00:00Z",
        string severity = "critical") => $$"""
        {"status":"{{status}}","labels":{"alertname":"LinkDown","instance":"{{instance}}","severity":"{{severity}}"},"annotations":{"summary":"Router is down","description":"No answer."},
         "startsAt":"{{startsAt}}","endsAt":"{{endsAt}}","generatorURL":"http://prometheus.example/graph","fingerprint":"{{fingerprint}}"}
        """;

    private static string Post(params string[] alerts) =>
        $$"""{"version":"4","status":"firing","receiver":"m","truncatedAlerts":2,"alerts":[{{string.Join(',', alerts)}}],"groupLabels":{},"commonLabels":{},"externalURL":"http://a.example","groupKey":"{}"}""";
}
