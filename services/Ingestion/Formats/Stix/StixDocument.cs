using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats.Stix;

/// <summary>The objects of a STIX document and how they relate.</summary>
internal sealed class StixDocument
{
    /// <summary>The member of a bundle or envelope that holds its objects.</summary>
    public const string ObjectsMember = "objects";

    /// <summary>The member of a kept bundle that holds what was used of other objects: they are no items of it.</summary>
    public const string RelatedMember = "x_related_objects";

    private readonly Dictionary<string, StixObject> newest = new(StringComparer.Ordinal);
    private readonly ILookup<string, StixObject> bySource;
    private readonly ILookup<string, StixObject> byTarget;

    /// <param name="objects">In the document's order; of one id there may be several versions.</param>
    public StixDocument(IReadOnlyList<StixObject> objects)
    {
        foreach (var found in objects)
            if (!newest.TryGetValue(found.Id, out var other) || found.Modified >= other.Modified) newest[found.Id] = found;
        var relations = objects.Where(found => found is { Type: "relationship", IsRevoked: false, Relation: not null, Source: not null, Target: not null } && ReferenceEquals(newest[found.Id], found)).ToList();
        bySource = relations.ToLookup(relation => relation.Source!);
        byTarget = relations.ToLookup(relation => relation.Target!);
    }

    /// <summary>The newest version of an object, or <c>null</c> where the document only refers to it.</summary>
    public StixObject? Find(string? id) => id is null ? null : newest.GetValueOrDefault(id);

    public IEnumerable<StixObject> RelationsFrom(string id) => bySource[id];

    public IEnumerable<StixObject> RelationsTo(string id) => byTarget[id];

    /// <summary>A bundle of an object as it came, and beside it what was used of others; the object alone, if it took none and can't be taken for a bundle.</summary>
    public static byte[] Bundle(JsonElement self, IReadOnlyCollection<StixObject> used)
    {
        var item = JsonMarshal.GetRawUtf8Value(self);
        if (used.Count == 0 && !self.Member(ObjectsMember).IsPresent() && !self.Member(RelatedMember).IsPresent()) return item.ToArray();
        var bytes = new ArrayBufferWriter<byte>(item.Length + 256 * used.Count);
        using var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("type"u8, "bundle"u8);
        json.WriteStartArray(ObjectsMember);
        json.WriteRawValue(item, skipInputValidation: true);
        json.WriteEndArray();
        json.WriteStartArray(RelatedMember);
        foreach (var other in used) other.Write(json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
