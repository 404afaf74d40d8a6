using System.Text;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>What a MISP event holds: attributes, objects, tags and galaxies, and the marking that follows from all of them.</summary>
internal sealed class MispContent
{
    private readonly ReportBuilder report;
    private readonly StringBuilder text = new();
    private Tlp? label;
    private bool isForOriginatorAlone;

    private MispContent(ReportBuilder report) => this.report = report;

    /// <summary>Reads all of it into a report.</summary>
    public static void Read(JsonElement content, ReportBuilder report)
    {
        var reading = new MispContent(report);
        reading.Restrict(content);
        reading.Label(content);
        foreach (var written in Kept(content, "EventReport"))
        {
            reading.Restrict(written);
            reading.Add(written.Text("content") ?? written.Text("name"));
        }
        reading.Attributes(content);
        foreach (var group in Kept(content, "Object"))
        {
            reading.Restrict(group);
            reading.Attributes(group);
        }
        report.Text = reading.text.ToString();
        if (reading.label is { } tlp) report.Marking = new Marking { Tlp = tlp, ReleasableTo = reading.isForOriginatorAlone ? [] : null };
    }

    private static IEnumerable<JsonElement> Kept(JsonElement owner, string name) => owner.Each(name).Where(part => part.Flag("deleted") != true);

    private void Attributes(JsonElement owner)
    {
        foreach (var attribute in Kept(owner, "Attribute"))
        {
            Restrict(attribute);
            Label(attribute);
            var (type, value, comment) = (attribute.Text("type") ?? "", attribute.Text("value"), attribute.Text("comment"));
            if (value is null) continue;
            report.Attribute($"Attribute.{type}", value);
            if (type is "link") report.Url ??= value;
            Add(comment is null ? $"{type}: {value}" : $"{type}: {value} ({comment})");
        }
    }

    private void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line) || text.Length > ReportLimits.Text) return;
        if (text.Length > 0) text.Append('\n');
        text.Append(line);
    }

    /// <summary>By its distribution; 5 is that of what it lies in. One that is not known restricts as much as any.</summary>
    private void Restrict(JsonElement part)
    {
        switch (part.Text("distribution"))
        {
            case null or "3" or "5": break;
            case "1" or "2": label = Tlps.Stricter(label, Tlp.Green); break;
            case "4": (label, isForOriginatorAlone) = (Tlps.Stricter(label, Tlp.Amber), true); break;
            default: (label, isForOriginatorAlone) = (Tlp.Red, true); break;
        }
    }

    private void Label(JsonElement part)
    {
        foreach (var tag in part.Each("Tag").Select(tag => tag.Text("name") ?? tag.Text()).OfType<string>()) Tag(tag);
        foreach (var galaxy in part.Each("Galaxy"))
            foreach (var cluster in galaxy.Each("GalaxyCluster")) Cluster(cluster.Text("type") ?? galaxy.Text("type") ?? "", cluster);
    }

    /// <summary>A tag, or a machine tag such as <c>space:predicate="value"</c>, which is kept under what stands before its value.</summary>
    private void Tag(string tag)
    {
        if (tag.StartsWith("tlp:", StringComparison.OrdinalIgnoreCase)) label = Tlps.Stricter(label, Tlps.Of(tag));
        var equals = tag.IndexOf('=');
        if (!tag.Contains(':') || equals < 0)
        {
            report.Attribute("Tag", tag);
            return;
        }
        var (name, value) = (tag[..equals], tag[(equals + 1)..].Trim('"'));
        report.Attribute(name, value);
        if (name.StartsWith("misp-galaxy:", StringComparison.Ordinal) && IsActor(name["misp-galaxy:".Length..])) report.Actor(value);
    }

    private void Cluster(string type, JsonElement cluster)
    {
        var meta = cluster.Member("meta");
        if (IsActor(type))
        {
            report.Actor(cluster.Text("value"));
            foreach (var synonym in meta.Texts("synonyms")) report.Actor(synonym);
        }
        // Of an actor the country is where it is thought to come from, not where it acts.
        if (type is not ("country" or "target-information")) return;
        report.Attribute("targets", cluster.Text("value"));
        foreach (var code in meta.Texts("ISO").Concat(meta.Texts("iso-code"))) report.Country(code);
    }

    private static bool IsActor(string galaxy) =>
        galaxy.Contains("threat-actor", StringComparison.Ordinal) || galaxy.Contains("intrusion-set", StringComparison.Ordinal)
        || galaxy.Contains("activity-group", StringComparison.Ordinal);
}
