namespace Monitoring.Alerting.Channels;

/// <summary>Where notifications go, in the clear: its address and secret are encrypted in the database.</summary>
internal sealed record Channel
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required IChannelType Type { get; init; }
    public required Uri Url { get; init; }
    public string? Secret { get; init; }
    /// <summary>Deliveries of a channel that is off wait until it is on again, or their time is over.</summary>
    public required bool Enabled { get; init; }
    /// <summary>Why it was switched off, where nobody did it by hand.</summary>
    public string? DisabledReason { get; init; }
    /// <summary>How many notifications may be under way at once.</summary>
    public required int MaxInFlight { get; init; }
    /// <summary>One more for each change.</summary>
    public required int Version { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
