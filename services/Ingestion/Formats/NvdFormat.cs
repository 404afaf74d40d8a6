using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Vulnerabilities of NIST's National Vulnerability Database (CVE API 2.0, and its feeds, which look the same): <c>cve.id</c> is the id and
/// the title, the English description the text, <c>published</c> the time of publication, the first reference the url. Times say no zone
/// and are UTC. Severity is the rating of the newest CVSS version there is, NVD's own (Primary) before others'; there may be none.
/// <c>Rejected</c> takes the report back; any other <c>vulnStatus</c> is kept. The lists of affected products are kept as their names alone.
/// The answer's own members, such as its time, are no part of an item.
/// </summary>
internal sealed class NvdFormat : JsonFormat
{
    private static readonly string[] MetricsNewestFirst = ["cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2"];

    private static readonly JsonMembers Mapped =
        new("id", "descriptions", "published", "metrics", "weaknesses", "references", "configurations", "affected", "cisaVulnerabilityName");

    public override string Name => "nvd";

    public override IReadOnlyList<string> ContentTypes => ["application/json", "text/json"];

    public override string Example => """
        {
          "resultsPerPage": 1,
          "startIndex": 0,
          "totalResults": 1,
          "format": "NVD_CVE",
          "version": "2.0",
          "timestamp": "2026-11-22T12:00:00.000",
          "vulnerabilities": [{
            "cve": {
              "id": "CVE-2026-10001",
              "sourceIdentifier": "security@vendor.example",
              "published": "2026-11-20T10:15:00.000",
              "lastModified": "2026-11-22T09:30:00.000",
              "vulnStatus": "Analyzed",
              "descriptions": [{ "lang": "en", "value": "CraneControl lets anyone on the network act as its operator." }],
              "metrics": {
                "cvssMetricV31": [{
                  "source": "nvd@nist.gov",
                  "type": "Primary",
                  "cvssData": { "version": "3.1", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "baseScore": 9.8, "baseSeverity": "CRITICAL" }
                }]
              },
              "weaknesses": [{ "source": "nvd@nist.gov", "type": "Primary", "description": [{ "lang": "en", "value": "CWE-287" }] }],
              "references": [{ "url": "https://vendor.example/advisories/7", "source": "security@vendor.example", "tags": ["Vendor Advisory"] }]
            }
          }]
        }
        """;

    protected override string[] Lists => ["vulnerabilities"];

    public override bool Recognises(BodySample sample) =>
        sample["format"] == "NVD_CVE" || sample.Has("vulnerabilities[].cve.id") || IsRecord(sample, "") || IsRecord(sample, "cve.") || IsRecord(sample, "[].cve.");

    protected override void Map(JsonElement item, ReportBuilder report)
    {
        var isWrapped = item.Member("cve").IsPresent();
        var cve = isWrapped ? item.Member("cve") : item;
        if (cve.Text("id") is { } id) report.ExternalId = id;
        else report.Missing(isWrapped ? "/cve/id" : "/id", "the id of a vulnerability, such as CVE-2026-10001");
        report.Title = cve.Text("cisaVulnerabilityName") is { } name ? $"{report.ExternalId}: {name}" : report.ExternalId;
        Describe(cve, report);
        report.PublishedAt = cve.Time("published", report);
        if (cve.Text("vulnStatus") is "Rejected" or "REJECTED") report.Action = ReportAction.Cancel;
        report.Domain(Domain.Cyber);
        Rate(cve.Member("metrics"), report);
        foreach (var weakness in cve.Each("weaknesses").SelectMany(weakness => weakness.Each("description")).Select(word => word.Text("value")).Distinct())
            report.Attribute("weaknesses", weakness);
        foreach (var reference in cve.Each("references"))
        {
            report.Url ??= reference.Text("url");
            report.Attribute("references", string.Join(' ', [reference.Text("url"), .. reference.Texts("tags").Select(tag => $"[{tag}]")]));
        }
        foreach (var product in ProductsOf(cve)) report.Attribute("products", product);
        cve.KeepRest(report, "", Mapped);
    }

    private static bool IsRecord(BodySample sample, string path) => sample.Has(path + "vulnStatus") && sample.Has(path + "id") && sample.Has(path + "descriptions");

    private static void Describe(JsonElement cve, ReportBuilder report)
    {
        var descriptions = cve.Each("descriptions").ToList();
        var description = descriptions.Find(description => description.Text("lang") is "en" or "en-US");
        if (!description.IsPresent()) description = descriptions.FirstOrDefault();
        (report.Text, report.Language) = (description.Text("value"), description.Text("lang"));
    }

    private static void Rate(JsonElement metrics, ReportBuilder report)
    {
        foreach (var name in MetricsNewestFirst)
        {
            var metric = metrics.Each(name).OrderBy(metric => metric.Text("type") != "Primary").FirstOrDefault();
            var data = metric.Member("cvssData");
            // Version 2 has its rating beside the data.
            var rating = data.Text("baseSeverity") ?? metric.Text("baseSeverity");
            if ((Cvss.Of(rating) ?? Cvss.Of(data.Number("baseScore"), isVersion2: name == "cvssMetricV2")) is not { } severity) continue;
            report.Severity = severity;
            report.Attribute("cvss.vectorString", data.Text("vectorString"));
            report.Attribute("cvss.baseScore", data.Number("baseScore"));
            report.Attribute("cvss.source", metric.Text("source"));
            return;
        }
    }

    /// <summary>Vendor and product as the CPE names (NISTIR 7695) have them, each once.</summary>
    private static IEnumerable<string> ProductsOf(JsonElement cve) =>
        cve.Each("configurations").SelectMany(configuration => configuration.Each("nodes")).SelectMany(node => node.Each("cpeMatch"))
            .Select(match => match.Text("criteria")?.Split(':')).OfType<string[]>().Where(name => name.Length > 4)
            .Select(name => $"{name[3]} {name[4]}").Distinct();
}
