using System.Text;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class KevFormatTests
{
    private static readonly KevFormat Format = new();

    [Fact]
    public async Task An_entry_becomes_a_report()
    {
        var report = await Reading.ReportOf(Format, Catalogue(Entry()));
        Assert.Equal("CVE-2026-1", report.ExternalId);
        Assert.Equal("Crane flaw", report.Title);
        Assert.Equal("The crane obeys anyone.\n\nRequired action: Patch it.", report.Text);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero), report.PublishedAt);
        Assert.Equal("https://vendor.example/7", report.Url);
        Assert.Equal([Domain.Cyber], report.Hints!.Domains);
        Assert.Equal("2026-12-11", report.Attributes["dueDate"]);
        Assert.Equal("CWE-287, CWE-306", report.Attributes["cwes"]);
    }

    [Theory]
    [InlineData("Known", Severity.Critical)]
    [InlineData("Unknown", Severity.High)]
    public async Task Ransomware_that_uses_it_makes_it_critical_and_unknown_is_kept_as_it_stands(string use, Severity severity)
    {
        var report = await Reading.ReportOf(Format, Catalogue(Entry(use)));
        Assert.Equal(severity, report.Hints!.Severity);
        Assert.Equal(use, report.Attributes["knownRansomwareCampaignUse"]);
    }

    [Fact]
    public async Task An_entry_of_a_newer_catalogue_is_the_same_report()
    {
        var before = await Reading.ReportOf(Format, Catalogue(Entry(), version: "2026.11.20"));
        var after = await Reading.ReportOf(Format, Catalogue(Entry(), version: "2026.11.21"));
        Assert.Equal(ReportDigest.Of(before), ReportDigest.Of(after));
    }

    [Fact]
    public async Task An_entry_without_its_id_is_refused()
    {
        var problem = await Reading.ProblemOf(Format, Catalogue("""{"vulnerabilityName":"Crane flaw"}"""));
        Assert.Equal("/cveID", problem.Pointer);
    }

    [Fact]
    public async Task The_real_catalogue_is_accepted_whole_and_its_schema_is_none()
    {
        var reports = await Reading.ReportsOf(Format, RealFiles.Read("cisa-kev/known_exploited_vulnerabilities.json"));
        Assert.Equal(1_404, reports.Count);
        Assert.Equal(1_404, reports.Select(report => report.ExternalId).Distinct().Count());
        Assert.Equal(293, reports.Count(report => report.Hints!.Severity == Severity.Critical));
        Assert.All(reports, report => Assert.NotNull(report.PublishedAt));
        Assert.Equal("Git Link Following Vulnerability", reports[0].Title);
        Assert.Equal("https://github.com/git/git/security/advisories/GHSA-vwqx-4fm8-6qc9", reports[0].Url);
        var schema = RealFiles.Read("cisa-kev/known_exploited_vulnerabilities_schema.json");
        Assert.False(Format.Recognises(BodySample.Of(schema)));
        Assert.Equal("/cveID", (await Reading.ProblemOf(Format, Encoding.UTF8.GetString(schema))).Pointer);
    }

    private static string Catalogue(string entry, string version = "2026.11.20") =>
        $$"""{"title":"Catalogue","catalogVersion":"{{version}}","dateReleased":"{{version.Replace('.', '-')}}T15:00:00Z","count":1,"vulnerabilities":[{{entry}}]}""";

    private static string Entry(string ransomware = "Unknown") => $$"""
        {
          "cveID": "CVE-2026-1", "vendorProject": "Harbour", "product": "Crane", "vulnerabilityName": "Crane flaw", "dateAdded": "2026-11-20",
          "shortDescription": "The crane obeys anyone.", "requiredAction": "Patch it.", "dueDate": "2026-12-11",
          "knownRansomwareCampaignUse": "{{ransomware}}", "notes": "See: https://vendor.example/7 ; https://other.example/8", "cwes": ["CWE-287", "CWE-306"]
        }
        """;
}
