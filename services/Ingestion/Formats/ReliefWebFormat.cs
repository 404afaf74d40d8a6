using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Reports and disasters of ReliefWeb (apidoc.reliefweb.int, version 2, and 1 as it is kept in archives): what stands in <c>fields</c> of
/// the items in <c>data</c>, of which a list without a profile has no more than a title. The <c>id</c>, a string outside and a number in
/// <c>fields</c>, names an item. A disaster occurs at <c>date.event</c>; a report is published at <c>date.original</c>, else
/// <c>date.created</c>. <c>date.changed</c> and <c>score</c> are left out: they move without anything else.
/// <list type="bullet">
/// <item>Countries, the primary one first, are places without coordinates: theirs are the middle of the country. The <c>source</c> is the
/// publisher, and never a place.</item>
/// <item>Kinds of disaster that are natural hazards are of the domain climate; epidemics, fires, technological disasters and complex
/// emergencies are not.</item>
/// <item>Its <c>status</c> tells how far the editors are, or the disaster is: what is not published yet is a draft, what was refused or
/// deleted is cancelled, all else (such as alert, ongoing, past, archive, published) is actual.</item>
/// </list>
/// </summary>
internal sealed class ReliefWebFormat : JsonFormat
{
    private static readonly JsonMembers Mapped = new(
        "id", "title", "name", "body", "body-html", "description", "description-html", "date", "url", "url_alias", "language", "country", "primary_country",
        "country_iso3", "profile", "file", "image", "headline");

    private static readonly string[] Natural =
        ["CW", "DR", "EC", "EQ", "FF", "FL", "HT", "IN", "LS", "MS", "SN", "AV", "SS", "ST", "TC", "TO", "TS", "VO", "VW", "WF", "WV"];

    public override string Name => "reliefweb";

    public override IReadOnlyList<string> ContentTypes => ["application/json", "text/json"];

    public override string Example => """
        {
          "href": "https://api.reliefweb.int/v2/reports",
          "totalCount": 1,
          "count": 1,
          "data": [
            {
              "id": "4100001",
              "fields": {
                "id": 4100001,
                "title": "Springfield: Floods - Nov 2026",
                "body-html": "<p>Three districts are under water.</p>",
                "date": { "created": "2026-11-22T08:00:00+00:00", "original": "2026-11-21T00:00:00+00:00", "changed": "2026-11-22T09:00:00+00:00" },
                "primary_country": { "name": "Togo", "iso3": "tgo" },
                "country": [{ "name": "Togo", "iso3": "tgo", "primary": true }],
                "disaster_type": [{ "name": "Flood", "code": "FL" }],
                "source": [{ "name": "Example Relief" }],
                "language": [{ "name": "English", "code": "en" }],
                "status": "published",
                "url_alias": "https://reliefweb.example/report/togo/floods"
              }
            }
          ]
        }
        """;

    protected override string[] Lists => ["data"];

    public override bool Recognises(BodySample sample) =>
        (sample.Has("data[].fields") && sample.Has("data[].id") && (sample.Has("totalCount") || sample["href"]?.Contains("reliefweb", StringComparison.Ordinal) == true))
        || sample["data[].href"]?.Contains("api.reliefweb.int", StringComparison.Ordinal) == true;

    protected override void Map(JsonElement item, ReportBuilder report)
    {
        var fields = item.Member("fields");
        if (fields.ValueKind != JsonValueKind.Object)
        {
            report.Problem("/fields", "an object", fields.IsPresent() ? fields.ToString() : "");
            return;
        }
        report.ExternalId = item.Text("id") ?? fields.Text("id");
        if (report.ExternalId is null) report.Problem("/id", "the item's id", "");
        report.Title = fields.Text("title") ?? fields.Text("name");
        report.Text = HtmlText.Of(fields.Text("body-html") ?? fields.Text("description-html")) ?? fields.Text("body") ?? fields.Text("description");
        var date = fields.Member("date");
        report.OccurredAt = date.Time("event", report, "date.");
        report.PublishedAt = date.Time("original", report, "date.") ?? date.Time("created", report, "date.");
        report.Url = fields.Text("url_alias") ?? fields.Text("url");
        if (fields.Each("language").ToList() is [var language]) report.Language = language.Text("code");
        MapStatus(fields.Text("status"), report);
        foreach (var country in fields.Each("primary_country").Concat(fields.Each("country"))) MapCountry(country, report);
        if (CodesOf(fields).Any(code => Natural.Contains(code))) report.Domain(Domain.Climate);
        KeepRest(fields, report);
    }

    private static void MapStatus(string? status, ReportBuilder report)
    {
        switch (status?.ToLowerInvariant())
        {
            case "draft" or "pending" or "on-hold" or "embargoed":
                report.Status = ReportStatus.Draft;
                break;
            case "refused" or "deleted":
                report.Action = ReportAction.Cancel;
                break;
        }
    }

    private static void MapCountry(JsonElement country, ReportBuilder report)
    {
        var code = CountryCodes.OfAlpha3(country.Text("iso3"));
        report.Place(country.Text("name"), code);
        report.Country(code);
    }

    /// <summary>A disaster has its types in <c>type</c>, a report those of what it is about; a list tells only the GLIDE number, which starts with one.</summary>
    private static IEnumerable<string?> CodesOf(JsonElement fields) =>
        fields.Each("type").Concat(fields.Each("primary_type")).Concat(fields.Each("disaster_type")).Concat(fields.Each("disaster").SelectMany(disaster => disaster.Each("type")))
            .Select(type => type.Text("code")?.ToUpperInvariant())
            .Concat(fields.Each("disaster").Select(disaster => disaster.Text("glide")).Append(fields.Text("glide")).Select(glide => glide?.Split('-')[0].ToUpperInvariant()));

    /// <summary>Most of what is left are terms, which are known by their names.</summary>
    private static void KeepRest(JsonElement fields, ReportBuilder report)
    {
        foreach (var field in fields.EnumerateObject())
        {
            if (Mapped.Contains(field.Name)) continue;
            foreach (var term in field.Value.Each()) report.Attribute(field.Name, term.Text("name") ?? term.Text("title") ?? term.Kept());
        }
    }
}
