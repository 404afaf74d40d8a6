using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class IntelMqFormatTests
{
    private static readonly IntelMqFormat Format = new();

    [Fact]
    public async Task An_event_becomes_a_report()
    {
        var report = await Reading.ReportOf(Format, Event(""","destination.ip":"198.51.100.9","destination.geolocation.cc":"LV","malware.name":"cranebot","tlp":"AMBER" """));
        Assert.Equal("c2-server cranebot: 192.0.2.7 → 198.51.100.9", report.Title);
        Assert.Equal("It answers.", report.Text);
        Assert.Equal("https://feed.example/7", report.Url);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal(new Place { Name = "Tallinn", Country = "EE", Lat = 59.44, Lon = 24.75 }, report.Places[0]);
        Assert.Equal(["EE", "LV"], report.Hints!.Countries);
        Assert.Equal([Domain.Cyber], report.Hints.Domains);
        Assert.Equal(Tlp.Amber, report.Marking!.Tlp);
        Assert.Equal("malicious-code", report.Attributes["classification.taxonomy"]);
        Assert.Equal("90", report.Attributes["feed.accuracy"]);
        Assert.Equal("cranebot", report.Attributes["malware.name"]);
        Assert.DoesNotContain("raw", report.Attributes.Keys);
    }

    [Fact]
    public async Task The_same_line_fetched_again_is_the_same_report()
    {
        var before = await Reading.ReportOf(Format, Event(observed: "2026-11-22T08:05:00+00:00"));
        var after = await Reading.ReportOf(Format, Event(observed: "2026-11-22T09:05:00+00:00"));
        Assert.Equal(before.ExternalId, after.ExternalId);
        Assert.Equal(ReportDigest.Of(before), ReportDigest.Of(after));
    }

    [Fact]
    public async Task Two_events_of_one_line_are_two_reports()
    {
        var reports = await Reading.ReportsOf(Format, Event() + "\n" + Event().Replace("192.0.2.7", "192.0.2.8") + "\n");
        Assert.Equal(2, reports.Select(report => report.ExternalId).Distinct().Count());
    }

    [Fact]
    public async Task Without_the_raw_line_the_content_names_it()
    {
        const string Bare = """{"classification.type":"ddos","destination.ip":"192.0.2.7","time.observation":"2026-11-22T08:00:00+00:00"}""";
        var reports = await Reading.ReportsOf(Format, $"[{Bare},{Bare.Replace("08:00", "08:01")},{Bare}]");
        Assert.Equal("ddos: 192.0.2.7", reports[0].Title);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), reports[0].OccurredAt);
        Assert.Equal(reports[0].ExternalId, reports[2].ExternalId);
        Assert.NotEqual(reports[0].ExternalId, reports[1].ExternalId);
    }

    [Theory]
    [InlineData("""{"__type":"Report","raw":"eA==","classification.type":"ddos"}""", "/__type")]
    [InlineData("""{"source.ip":"192.0.2.7","time.source":"2026-11-22T08:00:00+00:00"}""", "/classification.type")]
    public async Task What_is_no_event_is_refused(string json, string pointer) => Assert.Equal(pointer, (await Reading.ProblemOf(Format, json)).Pointer);

    [Fact]
    public async Task Real_events_are_accepted_whole()
    {
        var reports = await Reading.ReportsOf(Format, RealFiles.Read("intelmq/aggregate-events.jsonl"));
        Assert.Equal(25, reports.Count);
        Assert.All(reports, report => Assert.Equal("ddos: 192.88.99.28 → 192.0.43.8", report.Title));
    }

    private static string Event(string more = "", string observed = "2026-11-22T08:05:00+00:00") =>
        $$"""{"feed.name":"honeypots","feed.accuracy":90,"time.source":"2026-11-22T08:00:00+00:00","time.observation":"{{observed}}","classification.taxonomy":"malicious-code","classification.type":"c2-server","source.ip":"192.0.2.7","source.geolocation.cc":"EE","source.geolocation.city":"Tallinn","source.geolocation.latitude":"59.44","source.geolocation.longitude":24.75,"event_description.text":"It answers.","event_description.url":"https://feed.example/7","raw":"eA=="{{more}}}""";
}
