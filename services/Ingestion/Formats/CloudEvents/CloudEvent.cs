using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using System.Text.Json;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats.CloudEvents;

/// <summary>An event in JSON (JSON event format, sections 2 and 3).</summary>
internal static class CloudEvent
{
    /// <summary>An event is an object around its data, and may stand in an array.</summary>
    public static JsonDocumentOptions Options(FormatLimits limits) => new() { MaxDepth = limits.Depth + 2 };

    public static void Map(JsonElement item, ReportBuilder report, FormatLimits limits)
    {
        var (source, id) = (Required(item, "source", report), Required(item, "id", report));
        Required(item, "type", report);
        if (Required(item, "specversion", report) is { } version and not ("1.0" or "0.3")) report.Problem("/specversion", "1.0 or 0.3", version);
        using var data = EventData.Of(item, report, limits);
        var own = data.IsReport ? Take(data.Json, report, limits) : Describe(item, data, report);
        // The space parts them: a source is a URI reference, which has none.
        report.ExternalId = $"{source} {id}";
        if (Time(item, "time", report) is { } time)
        {
            if (report.OccurredAt is null) report.OccurredAt = time;
            else report.Attribute("ce-time", item.Text("time"));
        }
        report.PublishedAt ??= Time(item, "recordedtime", report);
        report.ExpiresAt ??= Time(item, "expirytime", report);
        KeepAttributes(item, own, report);
    }

    private static string? Required(JsonElement item, string name, ReportBuilder report)
    {
        if (item.Text(name) is { } value) return value;
        report.Missing("/" + name, $"the attribute {name}, which every event has");
        return null;
    }

    private static DateTimeOffset? Time(JsonElement item, string name, ReportBuilder report)
    {
        if (item.Text(name) is not { } text) return null;
        if (FeedTimes.OfIso(text) is { } time) return time;
        report.Problem("/" + name, "a date-time (RFC 3339), such as 2026-11-22T08:00:00Z", text);
        return null;
    }

    /// <summary>Data of which nothing is known.</summary>
    /// <returns>The names of attributes that it gave: none.</returns>
    private static IReadOnlyDictionary<string, string> Describe(JsonElement item, EventData data, ReportBuilder report)
    {
        report.Title = item.Text("subject") ?? item.Text("type");
        report.Text = data.Text;
        report.Attribute("data_base64", data.Base64);
        report.Attribute("dataschema", item.Text("schemaurl"));
        return ReadOnlyDictionary<string, string>.Empty;
    }

    /// <summary>Data that is a report.</summary>
    /// <returns>The attributes of the report.</returns>
    private static IReadOnlyDictionary<string, string> Take(JsonElement data, ReportBuilder report, FormatLimits limits)
    {
        var item = NativeReport.Parse(new JsonFrame(Index: 0, JsonMarshal.GetRawUtf8Value(data).ToArray(), Position: 0, IsTruncated: false), limits, nameless: "");
        foreach (var problem in item.Problems) report.Problem(problem with { Pointer = "/data" + problem.Pointer, Position = null });
        if (item.Report is not { } said) return ReadOnlyDictionary<string, string>.Empty;
        (report.Title, report.Text, report.Url, report.Language) = (said.Title, said.Text, said.Url, said.Language);
        (report.OccurredAt, report.PublishedAt, report.ExpiresAt) = (said.OccurredAt, said.PublishedAt, said.ExpiresAt);
        (report.Status, report.Action, report.Marking, report.Severity) = (said.Status, said.Action, said.Marking, said.Hints?.Severity);
        foreach (var reference in said.References) report.Reference(reference);
        foreach (var place in said.Places) report.Place(place.Name, place.Country, place.Lat, place.Lon);
        foreach (var domain in said.Hints?.Domains ?? []) report.Domain(domain);
        foreach (var country in said.Hints?.Countries ?? []) report.Country(country);
        foreach (var actor in said.Hints?.Actors ?? []) report.Actor(actor);
        report.Attribute("externalId", said.ExternalId);
        foreach (var (name, value) in said.Attributes) report.Attribute(name, value);
        return said.Attributes;
    }

    /// <summary>Names are lower case (specification, "Naming Conventions"); those that are not are taken for it. Where data has one of the same name, the event's is told by its prefix.</summary>
    private static void KeepAttributes(JsonElement item, IReadOnlyDictionary<string, string> own, ReportBuilder report)
    {
        foreach (var attribute in item.EnumerateObject())
        {
            var name = attribute.Name.ToLowerInvariant();
            if (attribute.Name is "data" or "data_base64" or "datacontentencoding" or "time" || name is "traceparent" or "tracestate") continue;
            report.Attribute(own.ContainsKey(name) ? "ce-" + name : name, attribute.Value.Kept());
        }
    }
}
