using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Events of MISP (core format, draft-dulaunoy-misp-core-format): one, wrapped in <c>Event</c>, a list of them, or what its API answers
/// under <c>response</c>. <c>uuid</c> is the id, <c>info</c> the title; event reports and attributes, also those of objects and without
/// those that were deleted, are the text and by their types the attributes; <c>date</c> is the time of the event, <c>publish_timestamp</c>
/// or else <c>timestamp</c> that of publication. <c>threat_level_id</c> 1, 2, 3 is high, medium, low, and 4 says nothing. Numbers and
/// times stand also in strings.
/// <para>The marking is the strictest of all <c>tlp:</c> tags and distributions, of the event and what is in it: 0, your organisation
/// only, is RED for the originator alone; 4, a sharing group, is AMBER for the originator alone, since its members are not ours to know;
/// 1 and 2, communities, are GREEN; 3, all, says nothing.</para>
/// </summary>
internal sealed class MispFormat : JsonFormat
{
    private static readonly string[] Wrappings = ["", "Event.", "[].", "[].Event.", "response.", "response.Event.", "response[].", "response[].Event."];

    private static readonly JsonMembers Mapped = new(
        "uuid", "info", "date", "publish_timestamp", "Attribute", "Object", "ShadowAttribute", "RelatedEvent", "Galaxy", "Tag", "Org", "Orgc",
        "EventReport", "SharingGroup", "CryptographicKey", "event_creator_email");

    public override string Name => "misp";

    public override IReadOnlyList<string> ContentTypes => ["application/json", "text/json"];

    public override string Example => """
        {
          "Event": {
            "uuid": "0d2a4f7e-5c1b-4b58-9a53-3f0f6d1c2b7a",
            "info": "cranebot against harbours",
            "date": "2026-11-22",
            "timestamp": "1795334400",
            "publish_timestamp": "1795338000",
            "published": true,
            "threat_level_id": "1",
            "analysis": "2",
            "distribution": "3",
            "sharing_group_id": "0",
            "Orgc": { "name": "Harbour CERT", "uuid": "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed" },
            "Attribute": [{ "uuid": "9b2e2f4a-7a7e-4e49-8d40-6b1c4f0e5a11", "type": "domain", "category": "Network activity", "value": "cranebot.example", "deleted": false }],
            "Tag": [{ "name": "tlp:green" }, { "name": "admiralty-scale:source-reliability=\"b\"" }]
          }
        }
        """;

    protected override string[] Lists => ["response"];

    public override bool Recognises(BodySample sample) => Array.Exists(Wrappings, path =>
        (sample.Has(path + "info") && sample.Has(path + "uuid") && !sample.Has(path + "title") && (sample.Has(path + "threat_level_id") || sample.Has(path + "analysis")))
        || sample.Has(path + "Attribute[].to_ids"));

    protected override void Map(JsonElement item, ReportBuilder report)
    {
        var isWrapped = item.Member("Event").IsPresent();
        var (content, pointer) = isWrapped ? (item.Member("Event"), "/Event") : (item, "");
        if (content.Text("uuid") is { } id) report.ExternalId = id;
        else report.Missing(pointer + "/uuid", "the event's UUID");
        if (content.Text("info") is { } info) report.Title = info;
        else report.Missing(pointer + "/info", "what the event is about");
        report.Severity = SeverityOf(content, pointer, report);
        report.OccurredAt = content.Time("date", report);
        report.PublishedAt = TimeOf(content, "publish_timestamp") ?? TimeOf(content, "timestamp");
        report.Domain(Domain.Cyber);
        foreach (var organisation in new[] { "Orgc", "Org" }) report.Attribute(organisation, content.Member(organisation).Text("name"));
        report.Attribute("SharingGroup", content.Member("SharingGroup").Text("name"));
        content.KeepRest(report, "", Mapped);
        MispContent.Read(content, report);
    }

    private static Severity? SeverityOf(JsonElement content, string pointer, ReportBuilder report)
    {
        switch (content.Text("threat_level_id"))
        {
            case "1": return Severity.High;
            case "2": return Severity.Medium;
            case "3": return Severity.Low;
            case "4" or null: break;
            case var other: report.Problem(pointer + "/threat_level_id", "1, 2, 3 or 4", other); break;
        }
        return null;
    }

    /// <summary>Zero is no time, but says that there was none.</summary>
    private static DateTimeOffset? TimeOf(JsonElement content, string name) => content.Number(name) is > 0 and var seconds ? FeedTimes.OfEpoch(seconds) : null;
}
