using System.Text.Json;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1). An item's <c>id</c>, else its <c>url</c>, names it; ids may be numbers. The text is
/// <c>content_text</c>, else that of <c>content_html</c>, else the <c>summary</c>; <c>url</c> comes before <c>external_url</c>. Language
/// and authors of the feed hold for items that name none (1.1). <c>date_modified</c> is left out: an item that was edited differs
/// otherwise, and one that was only touched tells nothing new. What the feed says at great length is not copied into its items. Members of others' (<c>_name</c>) are attributes.
/// </summary>
internal sealed class JsonFeedFormat : JsonFormat
{
    private static readonly JsonMembers Mapped = new(
        "id", "title", "content_text", "content_html", "url", "external_url", "summary", "date_published", "date_modified", "tags", "author", "authors", "language", "attachments");

    public override string Name => "jsonfeed";

    public override IReadOnlyList<string> ContentTypes => ["application/feed+json", "application/json", "text/json"];

    public override string Example => """
        {
          "version": "https://jsonfeed.org/version/1.1",
          "title": "Harbour news",
          "language": "en",
          "items": [
            {
              "id": "https://news.example/harbour/1",
              "url": "https://news.example/harbour/1",
              "title": "Ransomware halts port of Tallinn",
              "content_html": "<p>Cranes stand still since the early morning.</p>",
              "date_published": "2026-11-22T08:00:00Z",
              "authors": [{ "name": "A. Tamm" }],
              "tags": ["ports", "ransomware"]
            }
          ]
        }
        """;

    protected override string[] Lists => ["items"];

    protected override string[] Context => ["version", "language", "author", "authors"];

    public override bool Recognises(BodySample sample) => sample["version"]?.Contains("://jsonfeed.org/version/", StringComparison.Ordinal) == true;

    protected override void Map(JsonElement item, ReportBuilder report)
    {
        var (url, external) = (item.Text("url"), item.Text("external_url"));
        report.ExternalId = item.Text("id") ?? url;
        report.Title = item.Text("title");
        report.Text = item.Text("content_text") ?? HtmlText.Of(item.Text("content_html"));
        if (report.Text is null) report.Text = item.Text("summary");
        else report.Attribute("summary", item.Text("summary"));
        report.Url = url ?? external;
        if (url is not null) report.Attribute("external_url", external);
        report.PublishedAt = item.Time("date_published", report);
        report.Language = item.Text("language");
        foreach (var tag in item.Texts("tags")) report.Attribute("tags", tag);
        Authors(item, report);
        foreach (var attachment in item.Each("attachments")) report.Attribute("attachments", attachment.Text("url"));
        item.KeepRest(report, "", Mapped);
    }

    protected override void MapContext(JsonElement document, ReportBuilder report)
    {
        report.Language ??= document.Text("language");
        if (!report.HasAttribute("authors")) Authors(document, report);
    }

    /// <summary>1.1 has several, 1.0 one.</summary>
    private static void Authors(JsonElement element, ReportBuilder report)
    {
        foreach (var author in element.Each("authors").Concat(element.Each("author"))) report.Attribute("authors", author.Text("name") ?? author.Text("url"));
    }
}
