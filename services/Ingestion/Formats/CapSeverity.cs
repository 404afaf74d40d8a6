using Monitoring.Contracts;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// How much an alert of CAP 1.2 matters (section 3.2.2). Its severity is <c>Extreme</c>, <c>Severe</c>, <c>Moderate</c> or <c>Minor</c>:
/// critical, high, medium or low. What may not come or is over (urgency <c>Future</c> or <c>Past</c>, certainty <c>Possible</c> or
/// <c>Unlikely</c>) matters one step less, but never less than low; <c>Unknown</c> lowers nothing. Of an unknown severity nothing is said,
/// whatever its urgency.
/// </summary>
internal static class CapSeverity
{
    public static Severity? Of(string? severity, string? urgency, string? certainty)
    {
        var (known, lower) = severity?.Trim().ToUpperInvariant() switch
        {
            "EXTREME" => (Severity.Critical, Severity.High),
            "SEVERE" => (Severity.High, Severity.Medium),
            "MODERATE" => (Severity.Medium, Severity.Low),
            "MINOR" => (Severity.Low, Severity.Low),
            _ => (default(Severity?), default(Severity?)),
        };
        return Is(urgency, "Future", "Past") || Is(certainty, "Possible", "Unlikely") ? lower : known;
    }

    private static bool Is(string? value, string first, string second) =>
        value is not null && (value.Trim().Equals(first, StringComparison.OrdinalIgnoreCase) || value.Trim().Equals(second, StringComparison.OrdinalIgnoreCase));
}
