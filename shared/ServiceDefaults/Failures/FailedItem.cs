namespace Monitoring.ServiceDefaults.Failures;

/// <summary>An item that no transaction would take, kept with its reason until somebody retries it.</summary>
public sealed class FailedItem
{
    public required Guid Id { get; init; }
    /// <summary>The type of what failed.</summary>
    public required string Kind { get; init; }
    /// <summary>The item as JSON.</summary>
    public required string Payload { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset FailedAt { get; init; }
    public string? TraceId { get; init; }
}
