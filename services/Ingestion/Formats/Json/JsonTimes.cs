using System.Text.Json;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>Times in JSON of others.</summary>
internal static class JsonTimes
{
    /// <summary>The time that a member tells; what can't be read as one is kept as an attribute.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name, ReportBuilder report)
    {
        var text = element.Text(name);
        if (FeedTimes.OfIso(text) is { } time) return time;
        report.Attribute(name, text);
        return null;
    }
}
