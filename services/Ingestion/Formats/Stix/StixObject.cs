using System.Text.Json;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats.Stix;

/// <summary>What one object of a STIX document may tell about others.</summary>
internal sealed record StixObject
{
    /// <summary>Its place among the document's objects.</summary>
    public required int Index { get; init; }
    public required JsonStretch Stretch { get; init; }
    public string Type { get; init; } = "";
    public string Id { get; init; } = "";
    public string? Name { get; init; }
    public DateTimeOffset? Modified { get; init; }
    public bool IsRevoked { get; init; }
    public string[] Aliases { get; init; } = [];

    /// <summary>Of a location.</summary>
    public string? Country { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }

    /// <summary>Of a relationship.</summary>
    public string? Relation { get; init; }
    public string? Source { get; init; }
    public string? Target { get; init; }

    /// <summary>Markings of the whole or of a part of it.</summary>
    public string[] Markings { get; init; } = [];

    /// <summary>Of a marking definition: its TLP label, or the statement that it makes.</summary>
    public string? TlpLabel { get; init; }
    public string? Statement { get; init; }

    /// <summary>Whether it names who acts.</summary>
    public bool IsActor => Type is "threat-actor" or "intrusion-set" or "campaign" or "malware";

    public static StixObject Read(JsonElement json, JsonStretch stretch, int index) => new()
    {
        Index = index,
        Stretch = stretch,
        Type = json.Text("type") ?? "",
        Id = json.Text("id") ?? "",
        Name = json.Text("name"),
        Modified = FeedTimes.OfIso(json.Text("modified")),
        IsRevoked = json.Flag("revoked") == true,
        Aliases = [.. json.Texts("aliases")],
        Country = json.Text("country"),
        Latitude = json.Number("latitude"),
        Longitude = json.Number("longitude"),
        Relation = json.Text("relationship_type"),
        Source = json.Text("source_ref"),
        Target = json.Text("target_ref"),
        Markings = MarkingsOf(json),
        TlpLabel = StixMarkings.LabelOf(json),
        Statement = json.Member("definition").Text("statement"),
    };

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

        void Texts(string name, string[] values)
        {
            if (values.Length == 0) return;
            json.WriteStartArray(name);
            foreach (var value in values) json.WriteStringValue(value);
            json.WriteEndArray();
        }
    }

    private static string[] MarkingsOf(JsonElement json) =>
        [.. json.Texts("object_marking_refs").Concat(json.Each("granular_markings").Select(marking => marking.Text("marking_ref")).OfType<string>()).Distinct()];
}
