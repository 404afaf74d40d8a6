using System.Text;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Security advisories of the Common Security Advisory Framework (OASIS CSAF 2.0 and 2.1), one document, several in an array or by lines.
/// <c>tracking.id</c> is the id, <c>title</c> the title; summaries and descriptions, the vulnerabilities and their remedies are the text;
/// <c>current_release_date</c> is the time of publication, and with <c>tracking.version</c> makes a revision; the reference to itself is
/// the url. Severity is what the publisher says of the whole, else the highest CVSS rating of its vulnerabilities. A
/// <c>tracking.status</c> of <c>draft</c> is a draft, <c>interim</c> and <c>final</c> are actual; a withdrawn or superseded document takes
/// the report back (2.1, section 4). The TLP label is the marking. The product tree is kept as its vendors and products alone.
/// </summary>
internal sealed class CsafFormat : JsonFormat
{
    /// <summary>Products that are kept, and characters of a name, at most: each product repeats its vendor's, and large vendors list thousands.</summary>
    private const int ProductsAtMost = 500;
    private const int ProductName = 200;

    private static readonly JsonMembers MappedOfDocument =
        new("title", "lang", "notes", "references", "tracking", "publisher", "distribution", "aggregate_severity", "acknowledgments");

    private static readonly JsonMembers MappedOfTracking = new("id", "current_release_date", "status", "generator", "revision_history");

    public override string Name => "csaf";

    public override IReadOnlyList<string> ContentTypes => ["application/json", "text/json"];

    public override string Example => """
        {
          "document": {
            "category": "csaf_security_advisory",
            "csaf_version": "2.0",
            "lang": "en",
            "title": "CraneControl: authentication bypass",
            "aggregate_severity": { "text": "Critical" },
            "distribution": { "tlp": { "label": "GREEN" } },
            "publisher": { "category": "vendor", "name": "Harbour Systems", "namespace": "https://vendor.example" },
            "notes": [{ "category": "summary", "text": "Anyone on the network can act as an operator of CraneControl." }],
            "references": [{ "category": "self", "summary": "This advisory", "url": "https://vendor.example/advisories/7" }],
            "tracking": {
              "id": "HS-2026-7",
              "initial_release_date": "2026-11-20T10:00:00Z",
              "current_release_date": "2026-11-22T09:30:00Z",
              "revision_history": [{ "date": "2026-11-22T09:30:00Z", "number": "2", "summary": "The update is out." }],
              "status": "final",
              "version": "2"
            }
          },
          "vulnerabilities": [{
            "cve": "CVE-2026-10001",
            "notes": [{ "category": "description", "text": "The session token is not checked." }],
            "remediations": [{ "category": "vendor_fix", "details": "Update to 4.2." }]
          }]
        }
        """;

    protected override string[] Lists => [];

    public override bool Recognises(BodySample sample) => IsAdvisory(sample, "") || IsAdvisory(sample, "[].");

    protected override void Map(JsonElement item, ReportBuilder report)
    {
        var document = item.Member("document");
        var tracking = document.Member("tracking");
        if (document.Text("csaf_version") is not { } version) report.Missing("/document/csaf_version", "2.0 or 2.1");
        else if (!version.StartsWith("2.", StringComparison.Ordinal)) report.Problem("/document/csaf_version", "2.0 or 2.1", version);
        if (tracking.Text("id") is { } id) report.ExternalId = id;
        else report.Missing("/document/tracking/id", "the advisory's id");
        report.Title = document.Text("title");
        report.Language = document.Text("lang");
        report.PublishedAt = tracking.Time("current_release_date", report);
        report.Status = StatusOf(tracking, report);
        if (document.Text("category") is "csaf_withdrawn" or "csaf_superseded") report.Action = ReportAction.Cancel;
        report.Domain(Domain.Cyber);
        report.Severity = SeverityOf(document.Member("aggregate_severity").Text("text")) ?? HighestRating(item);
        report.Attribute("aggregate_severity", document.Member("aggregate_severity").Text("text"));
        Mark(document.Member("distribution"), report);
        Refer(document, report);
        report.Text = TextOf(document, item);
        foreach (var vulnerability in item.Each("vulnerabilities"))
        {
            report.Attribute("cve", vulnerability.Text("cve"));
            report.Attribute("cwe", vulnerability.Member("cwe").Text("id"));
        }
        foreach (var product in ProductsOf(item.Member("product_tree"), []).Distinct().Take(ProductsAtMost)) report.Attribute("products", product);
        document.Member("publisher").KeepRest(report, "publisher.", new JsonMembers());
        tracking.KeepRest(report, "tracking.", MappedOfTracking);
        document.KeepRest(report, "", MappedOfDocument);
    }

    private static bool IsAdvisory(BodySample sample, string path) =>
        sample.Has(path + "document.csaf_version") || (sample.Has(path + "document.tracking") && sample.Has(path + "document.publisher"));

    private static ReportStatus StatusOf(JsonElement tracking, ReportBuilder report)
    {
        switch (tracking.Text("status"))
        {
            case "draft": return ReportStatus.Draft;
            case "interim" or "final": break;
            case null: report.Missing("/document/tracking/status", "draft, interim or final"); break;
            case var other: report.Problem("/document/tracking/status", "draft, interim or final", other); break;
        }
        return ReportStatus.Actual;
    }

    /// <summary>The words that publishers use for the whole; the standard names none.</summary>
    private static Severity? SeverityOf(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        "IMPORTANT" => Severity.High,
        "MODERATE" => Severity.Medium,
        var name => Cvss.Of(name),
    };

    private static Severity? HighestRating(JsonElement item)
    {
        Severity? highest = null;
        foreach (var vulnerability in item.Each("vulnerabilities"))
        {
            // 2.0 has scores, 2.1 metrics with their content a level deeper.
            foreach (var score in vulnerability.Each("scores").Concat(vulnerability.Each("metrics").Select(metric => metric.Member("content"))))
            {
                var (old, data) = (score.Member("cvss_v2"), score.Member(score.Member("cvss_v4").IsPresent() ? "cvss_v4" : "cvss_v3"));
                var rating = Cvss.Of(data.Text("baseSeverity")) ?? Cvss.Of(data.Number("baseScore")) ?? Cvss.Of(old.Number("baseScore"), isVersion2: true);
                if (highest is null || rating > highest) highest = rating;
            }
        }
        return highest;
    }

    private static void Mark(JsonElement distribution, ReportBuilder report)
    {
        report.Attribute("distribution", distribution.Text("text"));
        if (distribution.Member("tlp").Text("label") is not { } label) return;
        report.Marking = new Marking { Tlp = Tlps.Of(label) };
        report.Attribute("distribution.tlp.label", label);
    }

    private static void Refer(JsonElement document, ReportBuilder report)
    {
        foreach (var reference in document.Each("references"))
        {
            if (reference.Text("url") is not { } url) continue;
            if (reference.Text("category") == "self" && report.Url is null) report.Url = url;
            else report.Attribute("references", url);
        }
    }

    private static string TextOf(JsonElement document, JsonElement item)
    {
        var text = new StringBuilder();
        foreach (var note in document.Each("notes").Where(note => note.Text("category") is "summary" or "description" or "general")) Add(note.Text("text"));
        foreach (var vulnerability in item.Each("vulnerabilities"))
        {
            var name = string.Join(": ", new[] { vulnerability.Text("cve"), vulnerability.Text("title") }.OfType<string>());
            var description = vulnerability.Each("notes").Where(note => note.Text("category") is "description" or "summary").Select(note => note.Text("text")).FirstOrDefault();
            Add(description is null ? name : name.Length == 0 ? description : $"{name}: {description}");
            foreach (var remedy in vulnerability.Each("remediations")) Add(remedy.Text("details"));
        }
        return text.ToString();

        void Add(string? paragraph)
        {
            if (string.IsNullOrWhiteSpace(paragraph) || text.Length > ReportLimits.Text) return;
            if (text.Length > 0) text.Append("\n\n");
            text.Append(paragraph.Trim());
        }
    }

    /// <summary>Vendor and product of each branch, the outer ones first.</summary>
    private static IEnumerable<string> ProductsOf(JsonElement branch, IReadOnlyList<string> outer)
    {
        foreach (var inner in branch.Each("branches"))
        {
            if (inner.Text("category") == "product_name") yield return string.Join(' ', [.. outer, NameOf(inner)]);
            else
                foreach (var product in ProductsOf(inner, inner.Text("category") == "vendor" ? [.. outer, NameOf(inner)] : outer)) yield return product;
        }
    }

    private static string NameOf(JsonElement branch) => ReportBuilder.Cut(branch.Text("name") ?? "", ProductName);
}
