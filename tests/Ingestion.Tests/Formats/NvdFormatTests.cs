using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class NvdFormatTests
{
    private static readonly NvdFormat Format = new();

    [Fact]
    public async Task A_vulnerability_becomes_a_report_and_its_times_are_UTC()
    {
        var report = await Reading.ReportOf(Format, Answer(Cve()));
        Assert.Equal("CVE-2026-1", report.ExternalId);
        Assert.Equal("CVE-2026-1", report.Title);
        Assert.Equal("The crane obeys anyone.", report.Text);
        Assert.Equal("en", report.Language);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 10, 15, 0, TimeSpan.Zero), report.PublishedAt);
        Assert.Equal("https://vendor.example/7", report.Url);
        Assert.Null(report.Hints!.Severity);
        Assert.Equal("2026-11-22T09:30:00.000", report.Attributes["lastModified"]);
        Assert.Equal("Awaiting Analysis", report.Attributes["vulnStatus"]);
        Assert.Equal("CWE-287", report.Attributes["weaknesses"]);
        Assert.Equal("https://vendor.example/7 [Patch] [Vendor Advisory], https://other.example/8", report.Attributes["references"]);
        Assert.Equal("harbour crane", report.Attributes["products"]);
    }

    [Theory]
    [InlineData("""{"cvssMetricV2":[{"type":"Primary","cvssData":{"baseScore":9.5},"baseSeverity":"HIGH"}]}""", Severity.High)]
    [InlineData("""{"cvssMetricV2":[{"type":"Primary","cvssData":{"baseScore":9.5}}]}""", Severity.High)]
    [InlineData("""{"cvssMetricV2":[{"cvssData":{},"baseSeverity":"HIGH"}],"cvssMetricV31":[{"cvssData":{"baseSeverity":"CRITICAL"}}]}""", Severity.Critical)]
    [InlineData("""{"cvssMetricV31":[{"cvssData":{"baseSeverity":"CRITICAL"}}],"cvssMetricV40":[{"cvssData":{"baseSeverity":"LOW"}}]}""", Severity.Low)]
    [InlineData("""{"cvssMetricV30":[{"type":"Secondary","cvssData":{"baseSeverity":"HIGH"}},{"type":"Primary","cvssData":{"baseSeverity":"MEDIUM"}}]}""", Severity.Medium)]
    [InlineData("""{"cvssMetricV31":[{"cvssData":{"baseScore":0.0,"baseSeverity":"NONE"}}]}""", Severity.Info)]
    [InlineData("""{"cvssMetricV40":[],"cvssMetricV31":[{"cvssData":{"baseScore":7.1}}]}""", Severity.High)]
    [InlineData("""{"ssvcV203":[{"source":"x"}]}""", null)]
    public async Task The_newest_CVSS_version_rates_it_and_the_primary_source_before_others(string metrics, Severity? severity) =>
        Assert.Equal(severity, (await Reading.ReportOf(Format, Answer(Cve(metrics)))).Hints!.Severity);

    [Theory]
    [InlineData("Rejected", ReportAction.Cancel)]
    [InlineData("Undergoing Analysis", ReportAction.New)]
    public async Task A_rejected_one_is_taken_back(string status, ReportAction action) =>
        Assert.Equal(action, (await Reading.ReportOf(Format, Answer(Cve(status: status)))).Action);

    [Fact]
    public async Task The_answers_own_time_is_no_part_of_an_item()
    {
        var before = await Reading.ReportOf(Format, Answer(Cve(), "2026-11-22T10:00:00.000"));
        var after = await Reading.ReportOf(Format, Answer(Cve(), "2026-11-22T12:00:00.000"));
        Assert.Equal(ReportDigest.Of(before), ReportDigest.Of(after));
    }

    [Fact]
    public async Task It_stands_also_alone()
    {
        Assert.Equal("CVE-2026-1", (await Reading.ReportOf(Format, Cve())).ExternalId);
        Assert.Equal("CVE-2026-1", (await Reading.ReportOf(Format, $$"""{"cve":{{Cve()}}}""")).ExternalId);
        Assert.Equal("/cve/id", (await Reading.ProblemOf(Format, Answer("{}"))).Pointer);
    }

    [Theory]
    [InlineData("CVE-2022-0090.json", 1)]
    [InlineData("CVE-2023-5341.json", 1)]
    [InlineData("CVE-2024-3094.json", 1)]
    [InlineData("search_page_1.json", 47)]
    public async Task Real_answers_are_accepted_whole(string file, int count)
    {
        var reports = await Reading.ReportsOf(Format, RealFiles.Read($"nvd-cve-2.0/{file}"));
        Assert.Equal(count, reports.Count);
        Assert.All(reports, report => Assert.NotNull(report.Hints!.Severity));
        Assert.All(reports, report => Assert.NotNull(report.Text));
    }

    private static string Answer(string cve, string time = "2026-11-22T10:00:00.000") =>
        $$"""{"resultsPerPage":1,"startIndex":0,"totalResults":1,"format":"NVD_CVE","version":"2.0","timestamp":"{{time}}","vulnerabilities":[{"cve":{{cve}}}]}""";

    private static string Cve(string metrics = "{}", string status = "Awaiting Analysis") => $$"""
        {
          "id": "CVE-2026-1", "sourceIdentifier": "security@vendor.example", "published": "2026-11-20T10:15:00.000", "lastModified": "2026-11-22T09:30:00.000",
          "vulnStatus": "{{status}}", "metrics": {{metrics}},
          "descriptions": [{"lang":"es","value":"La grúa obedece a cualquiera."},{"lang":"en","value":"The crane obeys anyone."}],
          "weaknesses": [{"description":[{"lang":"en","value":"CWE-287"}]},{"description":[{"lang":"en","value":"CWE-287"}]}],
          "configurations": [{"nodes":[{"cpeMatch":[{"criteria":"cpe:2.3:a:harbour:crane:1.0:*:*:*:*:*:*:*"},{"criteria":"cpe:2.3:a:harbour:crane:1.1:*:*:*:*:*:*:*"}]}]}],
          "references": [{"url":"https://vendor.example/7","tags":["Patch","Vendor Advisory"]},{"url":"https://other.example/8"}]
        }
        """;
}
