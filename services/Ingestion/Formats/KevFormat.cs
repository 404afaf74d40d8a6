using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// CISA's catalogue of known exploited vulnerabilities (schema of 2024): <c>cveID</c> is the id, <c>vulnerabilityName</c> the title,
/// <c>shortDescription</c> and <c>requiredAction</c> the text, <c>dateAdded</c> the time of publication, the first address in <c>notes</c>
/// the url. All of them are exploited, so their severity is high; critical where ransomware is known to use them. "Unknown" there is not
/// "no", and is kept as it stands. The catalogue comes whole each time: its version, date and count are no part of an item, so that an
/// entry that did not change is a duplicate.
/// </summary>
internal sealed class KevFormat : JsonFormat
{
    private static readonly JsonMembers Mapped = new("cveID", "vulnerabilityName", "shortDescription", "requiredAction", "dateAdded", "cwes");

    public override string Name => "cisa-kev";

    public override IReadOnlyList<string> ContentTypes => ["application/json", "text/json"];

    public override string Example => """
        {
          "title": "Known exploited vulnerabilities",
          "catalogVersion": "2026.11.22",
          "dateReleased": "2026-11-22T15:00:00.000Z",
          "count": 1,
          "vulnerabilities": [{
            "cveID": "CVE-2026-10001",
            "vendorProject": "Harbour Systems",
            "product": "CraneControl",
            "vulnerabilityName": "Harbour Systems CraneControl Authentication Bypass",
            "dateAdded": "2026-11-22",
            "shortDescription": "CraneControl lets anyone on the network act as its operator.",
            "requiredAction": "Apply the vendor's update or take the product off the network.",
            "dueDate": "2026-12-13",
            "knownRansomwareCampaignUse": "Known",
            "notes": "https://vendor.example/advisories/7 ; https://nvd.nist.gov/vuln/detail/CVE-2026-10001",
            "cwes": ["CWE-287"]
          }]
        }
        """;

    protected override string[] Lists => ["vulnerabilities"];

    public override bool Recognises(BodySample sample) =>
        sample.Has("vulnerabilities[].cveID") || (sample.Has("catalogVersion") && sample.Has("dateReleased") && sample.Has("vulnerabilities"));

    protected override void Map(JsonElement item, ReportBuilder report)
    {
        if (item.Text("cveID") is { } id) report.ExternalId = id;
        else report.Missing("/cveID", "the id of a vulnerability, such as CVE-2026-10001");
        report.Title = item.Text("vulnerabilityName") ?? report.ExternalId;
        var (description, action) = (item.Text("shortDescription"), item.Text("requiredAction"));
        report.Text = action is null ? description : $"{description}\n\nRequired action: {action}";
        report.PublishedAt = item.Time("dateAdded", report);
        report.Url = item.Text("notes")?.Split([' ', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(IsAddress);
        report.Severity = item.Text("knownRansomwareCampaignUse") == "Known" ? Severity.Critical : Severity.High;
        report.Domain(Domain.Cyber);
        foreach (var weakness in item.Texts("cwes")) report.Attribute("cwes", weakness);
        item.KeepRest(report, "", Mapped);
    }

    private static bool IsAddress(string word) =>
        word.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || word.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
}
