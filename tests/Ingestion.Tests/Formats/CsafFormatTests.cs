using System.Text;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class CsafFormatTests
{
    private static readonly CsafFormat Format = new();

    [Fact]
    public async Task An_advisory_becomes_a_report()
    {
        var report = await Reading.ReportOf(Format, Advisory());
        Assert.Equal("HS-7", report.ExternalId);
        Assert.Equal("Crane flaw", report.Title);
        Assert.Equal("Anyone can steer.\n\nCVE-2026-1: The token is not checked.\n\nUpdate to 4.2.", report.Text);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero), report.PublishedAt);
        Assert.Equal("https://vendor.example/7", report.Url);
        Assert.Equal("en-US", report.Language);
        Assert.Equal(Severity.Critical, report.Hints!.Severity);
        Assert.Null(report.Marking);
        Assert.Equal("CVE-2026-1", report.Attributes["cve"]);
        Assert.Equal("2", report.Attributes["tracking.version"]);
        Assert.Equal("Harbour Systems", report.Attributes["publisher.name"]);
        Assert.Equal("Harbour Systems Crane", report.Attributes["products"]);
        Assert.Equal("https://other.example/8", report.Attributes["references"]);
    }

    [Theory]
    [InlineData("Important", Severity.High)]
    [InlineData("moderate", Severity.Medium)]
    [InlineData("LOW", Severity.Low)]
    [InlineData("See below", Severity.Critical)]
    public async Task What_the_publisher_says_of_the_whole_comes_before_the_highest_rating(string text, Severity severity) =>
        Assert.Equal(severity, (await Reading.ReportOf(Format, Advisory(more: $$""" "aggregate_severity":{"text":"{{text}}"}, """))).Hints!.Severity);

    [Theory]
    [InlineData("WHITE", Tlp.Clear)]
    [InlineData("CLEAR", Tlp.Clear)]
    [InlineData("GREEN", Tlp.Green)]
    [InlineData("AMBER", Tlp.Amber)]
    [InlineData("AMBER+STRICT", Tlp.AmberStrict)]
    [InlineData("RED", Tlp.Red)]
    [InlineData("MAUVE", Tlp.Red)]
    public async Task Its_TLP_label_is_the_marking_and_an_unknown_one_is_the_strictest(string label, Tlp tlp) =>
        Assert.Equal(tlp, (await Reading.ReportOf(Format, Advisory(more: $$""" "distribution": { "tlp": { "label": "{{label}}" } }, """))).Marking!.Tlp);

    [Theory]
    [InlineData("draft", ReportStatus.Draft)]
    [InlineData("interim", ReportStatus.Actual)]
    [InlineData("final", ReportStatus.Actual)]
    public async Task A_draft_is_a_draft(string status, ReportStatus expected) =>
        Assert.Equal(expected, (await Reading.ReportOf(Format, Advisory(status: status))).Status);

    [Fact]
    public async Task A_status_that_is_unknown_is_refused()
    {
        var problem = await Reading.ProblemOf(Format, Advisory(status: "finished"));
        Assert.Equal(("/document/tracking/status", "draft, interim or final", "'finished'"), (problem.Pointer, problem.Expected, problem.Found));
    }

    [Theory]
    [InlineData("csaf_security_advisory", ReportAction.New)]
    [InlineData("csaf_withdrawn", ReportAction.Cancel)]
    [InlineData("csaf_superseded", ReportAction.Cancel)]
    public async Task A_withdrawn_advisory_is_taken_back(string category, ReportAction action) =>
        Assert.Equal(action, (await Reading.ReportOf(Format, Advisory(category: category))).Action);

    [Fact]
    public async Task Names_of_products_are_cut_before_they_are_put_together()
    {
        var products = string.Join(',', Enumerable.Range(0, 600).Select(number => $$"""{ "category": "product_name", "name": "{{number}}" }"""));
        var advisory = Advisory().Replace("\"name\": \"Harbour Systems\", \"branches\": [", $"\"name\": \"{new string('v', 40_000)}\", \"branches\": [{products},");
        var report = Assert.Single(await Reading.ItemsOf(Format, advisory)).Report!;
        Assert.StartsWith($"{new string('v', 199)}… 0, {new string('v', 199)}… 1, ", report.Attributes["products"]);
    }

    [Fact]
    public async Task When_the_document_was_made_is_no_part_of_it()
    {
        var before = await Reading.ReportOf(Format, Advisory(generated: "2026-11-22T10:00:00Z"));
        var after = await Reading.ReportOf(Format, Advisory(generated: "2026-11-23T10:00:00Z"));
        Assert.Equal(ReportDigest.Of(before), ReportDigest.Of(after));
    }

    [Fact]
    public async Task Several_stand_in_an_array_and_another_version_is_refused()
    {
        Assert.Equal(2, (await Reading.ReportsOf(Format, $"[{Advisory()},{Advisory(status: "draft")}]")).Count);
        Assert.Equal("/document/csaf_version", (await Reading.ProblemOf(Format, Advisory().Replace("\"2.0\"", "\"1.2\""))).Pointer);
    }

    [Fact]
    public async Task A_document_that_is_too_large_is_refused_with_its_size()
    {
        var advisory = Advisory() + new string(' ', 10);
        var limits = new FormatLimits { ItemBytes = 500 };
        var item = Assert.Single(await Reading.ItemsOf(Format, Encoding.UTF8.GetBytes(advisory), limits: limits));
        Assert.True(item.IsTruncated);
        Assert.Equal(("an item of at most 500 bytes", $"one of {Encoding.UTF8.GetByteCount(Advisory())}"), (item.Problems[0].Expected, item.Problems[0].Found));
    }

    [Theory]
    [InlineData("csaf-bsi-2022-0001.json", "BSI-2022-0001", Severity.Medium, Tlp.Clear)]
    [InlineData("csaf-csaf_vex-2022-evd-uc-01-f-001.json", "2022-EVD-UC-01-F-001", null, null)]
    [InlineData("csaf-csaf_vex-2022-evd-uc-02-na-001.json", "2022-EVD-UC-02-NA-001", null, null)]
    public async Task Real_advisories_are_accepted(string file, string id, Severity? severity, Tlp? tlp)
    {
        var report = Assert.Single(await Reading.ReportsOf(Format, RealFiles.Read($"csaf/{file}")));
        Assert.Equal((id, severity, tlp), (report.ExternalId, report.Hints!.Severity, report.Marking?.Tlp));
    }

    private static string Advisory(string status = "final", string more = "", string category = "csaf_security_advisory", string generated = "2026-11-22T10:00:00Z") => $$"""
        {
          "document": {
            "category": "{{category}}", "csaf_version": "2.0", "lang": "en-US", "title": "Crane flaw", {{more}}
            "publisher": { "category": "vendor", "name": "Harbour Systems", "namespace": "https://vendor.example" },
            "notes": [{ "category": "summary", "text": "Anyone can steer." }, { "category": "legal_disclaimer", "text": "No warranty." }],
            "references": [{ "category": "external", "url": "https://other.example/8" }, { "category": "self", "url": "https://vendor.example/7" }],
            "tracking": {
              "id": "HS-7", "initial_release_date": "2026-11-20T10:00:00Z", "current_release_date": "2026-11-22T10:30:00+01:00",
              "generator": { "date": "{{generated}}" }, "revision_history": [], "status": "{{status}}", "version": "2"
            }
          },
          "product_tree": { "branches": [{ "category": "vendor", "name": "Harbour Systems", "branches": [{ "category": "product_name", "name": "Crane", "branches": [{ "category": "product_version", "name": "4.1" }] }] }] },
          "vulnerabilities": [
            {
              "cve": "CVE-2026-1", "notes": [{ "category": "description", "text": "The token is not checked." }],
              "remediations": [{ "category": "vendor_fix", "details": "Update to 4.2." }],
              "scores": [{ "products": [], "cvss_v3": { "baseScore": 9.8, "baseSeverity": "CRITICAL" } }, { "products": [], "cvss_v2": { "baseScore": 5.0 } }]
            }
          ]
        }
        """;
}
