using System.Collections.Frozen;
using System.Text.Json;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats.Stix;

/// <summary>
/// STIX 2.0 and 2.1 (OASIS): bundles, lone objects, arrays of them, and the envelopes of TAXII 2.1 (section 3.7). What says that something
/// happened, is believed or threatens is a report: indicators, vulnerabilities, reports, groupings, notes, campaigns, incidents, sightings,
/// malware, intrusion sets, threat actors and infrastructure. Everything else is what these are understood by: relationships, identities,
/// locations, markings, observed data and observables, and what belongs to a book of reference rather than to the news: attack patterns,
/// tools, courses of action, opinions, analyses and custom objects.
/// <para>The version of the standard stands on each object, and where there is none it is 2.0. <c>modified</c> makes the revision; of
/// several versions in one document the older comes first. <c>revoked</c> takes the report back. How an object becomes a report is said
/// at <see cref="StixMapping"/>. What is kept as an item's bytes is a bundle of the object as it came, and beside it what was used of others.</para>
/// </summary>
internal sealed class StixFormat : DocumentFormat
{
    private static readonly FrozenSet<string> Told = FrozenSet.Create(
        "campaign", "grouping", "incident", "indicator", "infrastructure", "intrusion-set", "malware", "note", "report", "sighting", "threat-actor", "vulnerability");

    public override string Name => "stix";

    public override IReadOnlyList<string> ContentTypes =>
        ["application/stix+json", "application/taxii+json", "application/vnd.oasis.stix+json", "application/vnd.oasis.taxii+json", "application/json", "text/json"];

    public override string Example => """
        {
          "type": "bundle",
          "id": "bundle--4b9e2a1c-6a53-4f7e-8f0d-0c1c2f3a4b5c",
          "objects": [
            {
              "type": "indicator",
              "spec_version": "2.1",
              "id": "indicator--7b1f9f0e-8a7c-4c59-9f5e-1d2c3b4a5968",
              "created": "2026-11-22T08:00:00.000Z",
              "modified": "2026-11-22T08:00:00.000Z",
              "name": "Command server of cranebot",
              "description": "Seen at two harbours.",
              "pattern": "[domain-name:value = 'cranebot.example']",
              "pattern_type": "stix",
              "valid_from": "2026-11-22T08:00:00Z",
              "valid_until": "2027-02-22T08:00:00Z",
              "object_marking_refs": ["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"]
            },
            {
              "type": "threat-actor",
              "spec_version": "2.1",
              "id": "threat-actor--2c3d4e5f-6a7b-4c8d-9e0f-1a2b3c4d5e6f",
              "created": "2026-11-22T08:00:00.000Z",
              "modified": "2026-11-22T08:00:00.000Z",
              "name": "Quay Spider"
            },
            {
              "type": "relationship",
              "spec_version": "2.1",
              "id": "relationship--5f6a7b8c-9d0e-4f1a-8b2c-3d4e5f6a7b8c",
              "created": "2026-11-22T08:00:00.000Z",
              "modified": "2026-11-22T08:00:00.000Z",
              "relationship_type": "indicates",
              "source_ref": "indicator--7b1f9f0e-8a7c-4c59-9f5e-1d2c3b4a5968",
              "target_ref": "threat-actor--2c3d4e5f-6a7b-4c8d-9e0f-1a2b3c4d5e6f"
            },
            {
              "type": "location",
              "spec_version": "2.1",
              "id": "location--6a7b8c9d-0e1f-4a2b-8c3d-4e5f6a7b8c9d",
              "created": "2026-11-22T08:00:00.000Z",
              "modified": "2026-11-22T08:00:00.000Z",
              "name": "Tallinn",
              "country": "EE",
              "latitude": 59.44,
              "longitude": 24.75
            },
            {
              "type": "relationship",
              "spec_version": "2.1",
              "id": "relationship--7b8c9d0e-1f2a-4b3c-8d4e-5f6a7b8c9d0e",
              "created": "2026-11-22T08:00:00.000Z",
              "modified": "2026-11-22T08:00:00.000Z",
              "relationship_type": "targets",
              "source_ref": "threat-actor--2c3d4e5f-6a7b-4c8d-9e0f-1a2b3c4d5e6f",
              "target_ref": "location--6a7b8c9d-0e1f-4a2b-8c3d-4e5f6a7b8c9d"
            }
          ]
        }
        """;

    public override bool Recognises(BodySample sample) =>
        (sample["type"] == "bundle" && sample.Has("objects")) || (sample.Has("more") && sample.Has("objects") && !sample.Has("title"))
        || IsObject(sample, "") || IsObject(sample, "[].") || IsObject(sample, "objects[].");

    protected override IEnumerable<FeedItem> Read(FeedDocument document, FormatLimits limits)
    {
        var outline = JsonOutline.Of(document.Bytes.Span, limits, StixDocument.ObjectsMember);
        var isAlone = outline.Items is [var only] && document.Bytes.Span[..only.Start].IndexOfAny((byte)'{', (byte)'[') < 0;
        // An envelope without any objects has no list of them either.
        if (isAlone && outline.Break is null && document.Bytes.Span[outline.Items[0].Start] == '{' && outline.Members.Keys.All(name => name is "more" or "next")) yield break;
        var (objects, refused) = (new List<StixObject>(), new List<FeedItem>());
        for (var index = 0; index < outline.Items.Count; index++)
        {
            var stretch = outline.Items[index];
            if (ProblemOf(document, stretch, limits) is { } problem) refused.Add(Refused(document, stretch, index, problem, limits));
            else objects.Add(Find(document, stretch, index, limits));
        }
        foreach (var item in refused) yield return item;
        var related = new StixDocument([.. objects, .. Related(document, outline, limits)]);
        foreach (var found in objects.GroupBy(found => found.Id).SelectMany(versions => versions.OrderBy(version => version.Modified)))
        {
            if (found.Id.Length == 0 || found.Type.Length == 0) yield return Refused(document, found.Stretch, found.Index, new FormatProblem("", "a STIX object with a type and an id", "another"), limits);
            else if (Told.Contains(found.Type)) yield return Item(document, related, found, limits);
            else if (isAlone) yield return Refused(document, found.Stretch, found.Index, new FormatProblem("/type", $"one of {string.Join(", ", Told.Order())}", JsonText.Quote(found.Type)), limits);
        }
        if (outline.Break is { } broken) yield return document.Break(outline.Items.Count, outline.End, broken, limits);
    }

    private static bool IsObject(BodySample sample, string path) =>
        sample[path + "type"] is { Length: > 0 } type && sample[path + "id"]?.StartsWith(type + "--", StringComparison.Ordinal) == true;

    /// <summary>What was kept of other objects beside an item.</summary>
    private static IEnumerable<StixObject> Related(FeedDocument document, JsonOutline outline, FormatLimits limits)
    {
        if (!outline.Members.TryGetValue(StixDocument.RelatedMember, out var related)) return [];
        return JsonOutline.Of(document.Bytes.Span.Slice(related.Start, related.Length), limits).Items
            .Select(item => item with { Start = related.Start + item.Start })
            .Where(item => ProblemOf(document, item, limits) is null)
            .Select(item => Find(document, item, index: -1, limits));
    }

    private static FormatProblem? ProblemOf(FeedDocument document, JsonStretch stretch, FormatLimits limits)
    {
        var bytes = document.Bytes.Span.Slice(stretch.Start, stretch.Length);
        if (bytes.Length > limits.ItemBytes) return new FormatProblem("", $"an object of at most {limits.ItemBytes} bytes", $"one of {bytes.Length}", stretch.Start);
        if (JsonText.FaultOf(bytes, isEscaped: true) is { } fault) return new FormatProblem("", "Unicode text without U+0000", fault, stretch.Start);
        if (bytes[0] != '{') return new FormatProblem("", "an object", JsonText.Describe(bytes[0]), stretch.Start);
        return JsonCutter.DepthOf(bytes) > limits.Depth ? new FormatProblem("", $"arrays and objects at most {limits.Depth} deep", "deeper ones", stretch.Start) : null;
    }

    private static StixObject Find(FeedDocument document, JsonStretch stretch, int index, FormatLimits limits)
    {
        using var json = Parse(document, stretch, limits);
        return StixObject.Read(json.RootElement, stretch, index);
    }

    private static FeedItem Item(FeedDocument document, StixDocument related, StixObject found, FormatLimits limits)
    {
        using var json = Parse(document, found.Stretch, limits);
        var mapping = new StixMapping(related, found, json.RootElement);
        var report = mapping.Map();
        var raw = StixDocument.Bundle(json.RootElement, mapping.Used);
        return raw.Length <= limits.ItemBytes
            ? report.Build(found.Index, raw)
            : Refused(document, found.Stretch, found.Index, new FormatProblem("", $"an object of at most {limits.ItemBytes} bytes, with what it takes of others", $"one of {raw.Length}"), limits);
    }

    private static JsonDocument Parse(FeedDocument document, JsonStretch stretch, FormatLimits limits) =>
        JsonDocument.Parse(document.Bytes.Slice(stretch.Start, stretch.Length), new JsonDocumentOptions { MaxDepth = limits.Depth });

    private static FeedItem Refused(FeedDocument document, JsonStretch stretch, int index, FormatProblem problem, FormatLimits limits) => new()
    {
        Index = index,
        Raw = document.Bytes.Slice(stretch.Start, Math.Min(stretch.Length, limits.ItemBytes)).ToArray(),
        IsTruncated = stretch.Length > limits.ItemBytes,
        Problems = [problem],
    };
}
