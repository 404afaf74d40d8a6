using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats.Stix;

/// <summary>
/// Makes a report of a STIX object. <c>name</c>, else <c>abstract</c>, else what its type is known by, is the title; <c>description</c> or
/// <c>content</c> the text; <c>published</c>, else <c>created</c>, the time of publication; <c>first_seen</c> the time of the event;
/// <c>valid_until</c> ends it; the first address among the external references is the url. STIX knows no severity; confidence is kept.
/// <para>Threat actors, intrusion sets, campaigns and malware that it is, refers to, or is related to are actors, under all their names,
/// whether it is attributed to them, uses or indicates them, or is used by them. What it targets, and everything else it is related to, is
/// kept under the relationship's name. Locations that it targets or lies in, or where it was sighted, also those of the identities
/// concerned, are places; where somebody comes from is none.</para>
/// <para>The marking is the strictest TLP label of the object, of its parts, and of everything that was used of others.</para>
/// </summary>
internal sealed class StixMapping(StixDocument document, StixObject self, JsonElement item)
{
    /// <summary>Relationships of an object that are followed, at most, and of what it is related to: what is kept of an item stays small.</summary>
    private const int RelationsAtMost = 250;
    private const int FurtherRelationsAtMost = 20;

    private static readonly JsonMembers Mapped = new(
        "id", "name", "abstract", "description", "content", "created", "published", "valid_until", "first_seen", "external_references", "lang", "revoked", "spec_version");

    private readonly ReportBuilder report = new();
    private readonly Dictionary<string, StixObject> used = new(StringComparer.Ordinal);
    private Tlp? label;

    /// <summary>Objects of the document that told something for the report, in the order they were met.</summary>
    public IReadOnlyCollection<StixObject> Used => used.Values;

    public ReportBuilder Map()
    {
        report.ExternalId = self.Id;
        report.Title = self.Name ?? item.Text("abstract") ?? Described();
        report.Text = item.Text("description") ?? item.Text("content");
        report.Language = item.Text("lang");
        if (self.IsRevoked) report.Action = ReportAction.Cancel;
        report.Domain(Domain.Cyber);
        Date();
        Refer();
        report.Attribute("spec_version", item.Text("spec_version") ?? "2.0");
        item.KeepRest(report, "", Mapped);
        Mark(self);
        report.Attribute("created_by", Use(item.Text("created_by_ref"))?.Name);
        if (self.IsActor) Act(self);
        foreach (var reference in item.Texts("object_refs")) Concern(reference);
        Sight();
        foreach (var relation in document.RelationsFrom(self.Id).Take(RelationsAtMost)) Follow(relation);
        foreach (var relation in document.RelationsTo(self.Id).Take(RelationsAtMost)) FollowBack(relation);
        if (label is { } tlp) report.Marking = new Marking { Tlp = tlp };
        return report;
    }

    private string Described() => self.Type switch
    {
        "indicator" when item.Text("pattern") is { } pattern => pattern,
        "sighting" => $"Sighting of {document.Find(item.Text("sighting_of_ref"))?.Name ?? item.Text("sighting_of_ref")}",
        _ => $"{self.Type} {self.Id}",
    };

    private void Date()
    {
        var published = item.Time("published", report);
        if (published is not null) report.Attribute("created", item.Text("created"));
        report.PublishedAt = published ?? item.Time("created", report);
        report.OccurredAt = item.Time("first_seen", report);
        report.ExpiresAt = item.Time("valid_until", report);
    }

    private void Refer()
    {
        foreach (var reference in item.Each("external_references"))
        {
            var (source, id, url) = (reference.Text("source_name"), reference.Text("external_id"), reference.Text("url"));
            report.Url ??= url;
            if (source == "cve") report.Attribute("cve", id);
            else report.Attribute("external_references", string.Join(' ', new[] { source, id, url }.OfType<string>()));
        }
    }

    private void Sight()
    {
        if (Use(item.Text("sighting_of_ref")) is { } sighted)
        {
            if (sighted.IsActor) Act(sighted);
            foreach (var relation in document.RelationsFrom(sighted.Id).Where(relation => relation.Relation is "indicates" or "attributed-to").Take(FurtherRelationsAtMost))
            {
                Use(relation);
                Concern(relation.Target);
            }
        }
        foreach (var where in item.Texts("where_sighted_refs"))
        {
            if (Use(where) is not { } place) continue;
            report.Attribute("where_sighted", place.Name);
            Locate(place);
        }
    }

    private void Follow(StixObject relation)
    {
        Use(relation);
        var target = Use(relation.Target);
        report.Attribute(relation.Relation!, target?.Name ?? relation.Target);
        if (target is null) return;
        if (target.IsActor && relation.Relation is "attributed-to" or "uses" or "indicates" or "controls" or "delivers" or "drops" or "variant-of" or "hosts") Act(target);
        if (relation.Relation is "targets" or "located-at") Locate(target);
    }

    /// <summary>Who uses this, targets or exploits it, acts.</summary>
    private void FollowBack(StixObject relation)
    {
        if (relation.Relation is not ("uses" or "targets" or "exploits" or "compromises") || document.Find(relation.Source) is not { IsActor: true } source) return;
        Use(relation);
        Use(source.Id);
        Act(source);
    }

    private void Concern(string? id)
    {
        if (document.Find(id) is not { } other || !(other.IsActor || other.Type is "location" or "vulnerability")) return;
        Use(other);
        if (other.IsActor) Act(other);
        if (other.Type == "vulnerability") report.Attribute("cve", other.Name);
        Locate(other);
    }

    private void Act(StixObject actor)
    {
        report.Actor(actor.Name);
        foreach (var alias in actor.Aliases) report.Actor(alias);
    }

    /// <summary>A location, or where an identity is located.</summary>
    private void Locate(StixObject place)
    {
        if (place.Type == "location")
        {
            report.Country(place.Country);
            report.Place(place.Name, place.Country, place.Latitude, place.Longitude);
        }
        if (place.Type != "identity") return;
        foreach (var relation in document.RelationsFrom(place.Id).Where(relation => relation.Relation == "located-at").Take(FurtherRelationsAtMost))
        {
            Use(relation);
            if (Use(relation.Target) is { Type: "location" } location) Locate(location);
        }
    }

    private StixObject? Use(string? id)
    {
        if (document.Find(id) is not { } other) return null;
        Use(other);
        return other;
    }

    private void Use(StixObject other)
    {
        if (other.Id == self.Id || !used.TryAdd(other.Id, other)) return;
        Mark(other);
    }

    private void Mark(StixObject marked)
    {
        foreach (var id in marked.Markings)
        {
            var definition = document.Find(id);
            if (definition is not null && definition.Id != self.Id) used.TryAdd(id, definition);
            label = Tlps.Stricter(label, StixMarkings.Of(id, definition));
            if (ReferenceEquals(marked, self)) report.Attribute("marking", definition?.TlpLabel ?? definition?.Statement);
        }
    }
}
