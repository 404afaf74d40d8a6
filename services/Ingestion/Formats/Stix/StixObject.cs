using System.Runtime.InteropServices;
using System.Text.Json;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats.Stix;

/// <summary>What one object of a STIX document may tell about others.</summary>
internal sealed class StixObject
{
    private static readonly JsonMembers Members = new(
        "type", "id", "name", "modified", "revoked", "aliases", "country", "latitude", "longitude", "relationship_type", "source_ref", "target_ref",
        "object_marking_refs", "granular_markings", "definition");

    private List<string>? markings;

    /// <summary>Its place among the document's objects.</summary>
    public required int Index { get; init; }
    public required JsonStretch Stretch { get; init; }
    public string Type { get; private set; } = "";
    public string Id { get; private set; } = "";
    public string? Name { get; private set; }
    public DateTimeOffset? Modified { get; private set; }
    public bool IsRevoked { get; private set; }
    public string[] Aliases { get; private set; } = [];

    /// <summary>Of a location.</summary>
    public string? Country { get; private set; }
    public double? Latitude { get; private set; }
    public double? Longitude { get; private set; }

    /// <summary>Of a relationship.</summary>
    public string? Relation { get; private set; }
    public string? Source { get; private set; }
    public string? Target { get; private set; }

    /// <summary>Markings of the whole or of a part of it.</summary>
    public IReadOnlyList<string> Markings => markings ?? (IReadOnlyList<string>)[];

    /// <summary>Of a marking definition: its TLP label, or the statement that it makes.</summary>
    public string? TlpLabel { get; private set; }
    public string? Statement { get; private set; }

    /// <summary>Whether it names who acts.</summary>
    public bool IsActor => Type is "threat-actor" or "intrusion-set" or "campaign" or "malware";

    public static StixObject Read(JsonElement json, JsonStretch stretch, int index)
    {
        var found = new StixObject { Index = index, Stretch = stretch };
        // Each member once, for most objects have none of most of them.
        foreach (var member in json.EnumerateObject())
        {
            var value = member.Value;
            switch (Members.IndexOf(JsonMarshal.GetRawUtf8PropertyName(member)))
            {
                case 0: found.Type = value.Text() ?? ""; break;
                case 1: found.Id = value.Text() ?? ""; break;
                case 2: found.Name = Cut(value.Text()); break;
                case 3: found.Modified = FeedTimes.OfIso(value.Text()); break;
                case 4: found.IsRevoked = value.ValueKind == JsonValueKind.True; break;
                case 5: found.Aliases = [.. value.Each().Select(alias => Cut(alias.Text())).OfType<string>().Take(ReportLimits.Actors)]; break;
                case 6: found.Country = Cut(value.Text()); break;
                case 7: found.Latitude = value.Number(); break;
                case 8: found.Longitude = value.Number(); break;
                case 9: found.Relation = Cut(value.Text()); break;
                case 10: found.Source = value.Text(); break;
                case 11: found.Target = value.Text(); break;
                case 12: (found.markings ??= []).AddRange(value.Each().Select(JsonReading.Text).OfType<string>()); break;
                case 13: (found.markings ??= []).AddRange(value.Each().Select(marking => marking.Text("marking_ref")).OfType<string>()); break;
                case 14: found.Statement = Cut(value.Text("statement")); break;
            }
        }
        if (found.Type == "marking-definition") found.TlpLabel = Cut(StixMarkings.LabelOf(json));
        return found;
    }

    /// <summary>What is copied into every report that it concerns may not be long.</summary>
    private static string? Cut(string? text) => text is null ? null : ReportBuilder.Cut(text, ReportLimits.Title);

    /// <summary>Writes an object that reads the same.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Text("type", Type);
        Text("id", Id);
        Text("name", Name);
        Texts("aliases", Aliases);
        Text("country", Country);
        if (Latitude is { } latitude) json.WriteNumber("latitude", latitude);
        if (Longitude is { } longitude) json.WriteNumber("longitude", longitude);
        Text("relationship_type", Relation);
        Text("source_ref", Source);
        Text("target_ref", Target);
        Texts("object_marking_refs", Markings);
        if (TlpLabel is not null || Statement is not null)
        {
            json.WriteStartObject("definition");
            Text("tlp", TlpLabel);
            Text("statement", Statement);
            json.WriteEndObject();
        }
        json.WriteEndObject();

        void Text(string name, string? value)
        {
            if (value is not null) json.WriteString(name, value);
        }

        void Texts(string name, IReadOnlyList<string> values)
        {
            if (values.Count == 0) return;
            json.WriteStartArray(name);
            foreach (var value in values) json.WriteStringValue(value);
            json.WriteEndArray();
        }
    }
}
