using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class CapSeverityTests
{
    [Theory]
    [InlineData("Extreme", "Immediate", "Observed", Severity.Critical)]
    [InlineData("Severe", "Expected", "Likely", Severity.High)]
    [InlineData("Moderate", "Unknown", "Unknown", Severity.Medium)]
    [InlineData("Minor", null, null, Severity.Low)]
    [InlineData("severe", "immediate", "Very Likely", Severity.High)]
    [InlineData("Extreme", "Future", "Possible", Severity.High)]
    [InlineData("Severe", "Past", "Observed", Severity.Medium)]
    [InlineData("Moderate", "Expected", "Unlikely", Severity.Low)]
    [InlineData("Minor", "Past", "Unlikely", Severity.Low)]
    [InlineData("Unknown", "Immediate", "Observed", null)]
    [InlineData(null, null, null, null)]
    public void Severity_counts_and_what_may_not_come_or_is_over_matters_a_step_less(string? severity, string? urgency, string? certainty, Severity? expected) =>
        Assert.Equal(expected, CapSeverity.Of(severity, urgency, certainty));
}
