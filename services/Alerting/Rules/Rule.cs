using Monitoring.Contracts;

namespace Monitoring.Alerting.Rules;

/// <summary>Which incidents raise an alert, and whom it is told to. Each part narrows; an empty list, or no text, is any.</summary>
internal sealed record Rule
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    /// <summary>A rule that is off matches nothing.</summary>
    public required bool Enabled { get; init; }
    public required IReadOnlyList<Domain> Domains { get; init; }
    public required Severity MinimumSeverity { get; init; }
    /// <summary>Between 0 and 1.</summary>
    public required double MinimumConfidence { get; init; }
    /// <summary>ISO 3166-1 alpha-2 codes; one of them must be affected or act.</summary>
    public required IReadOnlyList<string> Countries { get; init; }
    /// <summary>Names of alliances; a member of one of them must be affected or act.</summary>
    public required IReadOnlyList<string> Alliances { get; init; }
    /// <summary>A word or phrase that the title or the summary must have.</summary>
    public string? Text { get; init; }
    /// <summary>The channels that its alerts are told to.</summary>
    public required IReadOnlyList<Guid> Channels { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
