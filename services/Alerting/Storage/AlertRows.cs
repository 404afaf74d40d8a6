namespace Monitoring.Alerting.Storage;

/// <summary>The newest version of an incident that was evaluated.</summary>
internal sealed class IncidentVersionRow
{
    public required Guid IncidentId { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

internal sealed class AlertRow
{
    public required Guid Id { get; init; }
    public required int Version { get; init; }
    public required string State { get; init; }
    public required string Severity { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required Guid RuleId { get; init; }
    public required string RuleName { get; init; }
    public required Guid IncidentId { get; init; }
    public required int IncidentVersion { get; init; }
    public required string[] Domains { get; init; }
    public required string[] Countries { get; init; }
    public required string[] Alliances { get; init; }
    public required double Confidence { get; init; }
    public required string Tlp { get; init; }
    public string[]? ReleasableTo { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required DateTimeOffset FirstReportedAt { get; init; }
    public string? Assignee { get; init; }
    public string? TraceId { get; init; }
    public string? HeldAt { get; init; }
    public required Guid[] Told { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
}

internal sealed class AlertEventRow
{
    public required Guid AlertId { get; init; }
    public required int Version { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public string? Comment { get; init; }
    public string? Severity { get; init; }
    public string? Assignee { get; init; }
}

internal sealed class DeliveryRow
{
    public required Guid Id { get; init; }
    public required Guid AlertId { get; init; }
    public required int AlertVersion { get; init; }
    public required Guid ChannelId { get; init; }
    /// <summary>The channel's name, which outlives the channel.</summary>
    public required string Channel { get; init; }
    public required string Event { get; init; }
    public required string State { get; set; }
    /// <summary>The alert at the event, as JSON.</summary>
    public required string Alert { get; init; }
    /// <summary>The attempts as a JSON array.</summary>
    public required string Attempts { get; init; }
    public required int Tries { get; set; }
    public DateTimeOffset? NextAttemptAt { get; set; }
    public DateTimeOffset? ClaimedUntil { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>The states of a delivery.</summary>
internal static class DeliveryStates
{
    public const string Pending = "pending";
    public const string Delivered = "delivered";
    /// <summary>The target refused it for good.</summary>
    public const string Failed = "failed";
    /// <summary>Given up.</summary>
    public const string Dead = "dead";

    public static IReadOnlyList<string> All { get; } = [Pending, Delivered, Failed, Dead];
}
