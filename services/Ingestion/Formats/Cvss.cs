using Monitoring.Contracts;

namespace Monitoring.Ingestion.Formats;

/// <summary>Severities of the Common Vulnerability Scoring System (FIRST) in our words.</summary>
internal static class Cvss
{
    /// <param name="name">The qualitative rating; <c>NONE</c> is a rating as well.</param>
    public static Severity? Of(string? name) => name?.ToUpperInvariant() switch
    {
        "NONE" => Severity.Info,
        "LOW" => Severity.Low,
        "MEDIUM" => Severity.Medium,
        "HIGH" => Severity.High,
        "CRITICAL" => Severity.Critical,
        _ => null,
    };

    /// <param name="score">The base score, from 0 to 10.</param>
    /// <param name="isVersion2">Version 2 knows three ratings: what is low in it begins at 0, and nothing is critical.</param>
    public static Severity? Of(double? score, bool isVersion2 = false) => score switch
    {
        null or < 0 or > 10 => null,
        0 when !isVersion2 => Severity.Info,
        < 4 => Severity.Low,
        < 7 => Severity.Medium,
        >= 9 when !isVersion2 => Severity.Critical,
        _ => Severity.High,
    };
}
