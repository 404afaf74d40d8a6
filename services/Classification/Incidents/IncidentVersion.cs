using Monitoring.Contracts;

namespace Monitoring.Classification.Incidents;

/// <summary>One version of an incident, as its history lists it.</summary>
internal sealed record IncidentVersion(
    int Version, IncidentState State, string Title, IReadOnlyList<Domain> Domains, Severity Severity, double Confidence,
    IReadOnlyList<string> Countries, int Credibility, int ReportCount, DateTimeOffset UpdatedAt)
{
    /// <summary>The correction that made it, where an analyst did.</summary>
    public VersionCorrection? Correction { get; init; }

    /// <summary>Names of the fields that differ from the version before; empty for the first.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>Names what each version changed, in a list with the newest first.</summary>
    public static IReadOnlyList<IncidentVersion> Compare(IReadOnlyList<IncidentVersion> versions) =>
        [.. versions.Select((version, index) => index + 1 < versions.Count ? version with { Changed = [.. version.Differences(versions[index + 1])] } : version)];

    private IEnumerable<string> Differences(IncidentVersion before)
    {
        if (State != before.State) yield return "state";
        if (Title != before.Title) yield return "title";
        if (!Domains.SequenceEqual(before.Domains)) yield return "domains";
        if (Severity != before.Severity) yield return "severity";
        if (Confidence != before.Confidence) yield return "confidence";
        if (!Countries.SequenceEqual(before.Countries)) yield return "countries";
        if (Credibility != before.Credibility) yield return "credibility";
        if (ReportCount != before.ReportCount) yield return "reportCount";
    }
}

/// <summary>Who made a version of an incident, and why.</summary>
internal sealed record VersionCorrection(Guid Id, string By, string Reason);
