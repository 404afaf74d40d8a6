using System.Globalization;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>What a report has no field for: the feed's own attributes, and members that are unknown.</summary>
internal struct JsonAttributes
{
    private List<KeyValuePair<string, string>>? own;
    private List<KeyValuePair<string, string>>? unknown;
    private int surplus;

    public void AddOwn(KeyValuePair<string, string> attribute) => Add(ref own, attribute);

    public void AddUnknown(KeyValuePair<string, string> attribute) => Add(ref unknown, attribute);

    /// <summary>
    /// Puts both together by name. An unknown member whose name the feed also gave to an attribute of its own gets underscores before it.
    /// </summary>
    public readonly Dictionary<string, string>? Merge(ref JsonFields fields)
    {
        var count = (own?.Count ?? 0) + (unknown?.Count ?? 0) + surplus;
        if (count == 0) return null;
        if (count > ReportLimits.Attributes)
        {
            fields.Problem("attributes", $"at most {ReportLimits.Attributes} of them, with the members that have no field", count.ToString(CultureInfo.InvariantCulture));
            return null;
        }
        var merged = new Dictionary<string, string>(count, StringComparer.Ordinal);
        foreach (var (name, value) in Sorted(own))
            if (!merged.TryAdd(name, value)) fields.Problem($"attributes/{name}", "each member once", "it twice");
        var previous = default(string);
        foreach (var (name, value) in Sorted(unknown))
        {
            if (name == previous) fields.Problem(name, "each member once", "it twice");
            previous = name;
            var free = name;
            while (!merged.TryAdd(free, value)) free = "_" + free;
        }
        return merged;
    }

    private void Add(ref List<KeyValuePair<string, string>>? list, KeyValuePair<string, string> attribute)
    {
        if ((own?.Count ?? 0) + (unknown?.Count ?? 0) < ReportLimits.Attributes) (list ??= []).Add(attribute);
        else surplus++;
    }

    private static List<KeyValuePair<string, string>> Sorted(List<KeyValuePair<string, string>>? attributes)
    {
        if (attributes is null) return [];
        attributes.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        return attributes;
    }
}
