using System.Text.Json;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>Times in JSON of others.</summary>
internal static class JsonTimes
{
    /// <summary>The time that a member tells, in ISO 8601 or as mail has it; what can't be read as one is kept as an attribute.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="report">Where it is kept.</param>
    /// <param name="prefix">Put before its name there.</param>
    public static DateTimeOffset? Time(this JsonElement element, string name, ReportBuilder report, string prefix = "")
    {
        var text = element.Text(name);
        if ((FeedTimes.OfIso(text) ?? FeedTimes.OfMail(text)) is { } time) return time;
        report.Attribute(prefix + name, text);
        return null;
    }
}
