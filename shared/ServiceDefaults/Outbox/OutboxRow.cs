namespace Monitoring.ServiceDefaults.Outbox;

/// <summary>A message that was committed with the change it tells of and is not known to be published yet.</summary>
public sealed class OutboxRow
{
    /// <summary>UUIDv7: in order of time.</summary>
    public required Guid Id { get; init; }
    /// <summary>The message type's name.</summary>
    public required string Type { get; init; }
    /// <summary>The message as UTF-8 JSON.</summary>
    public required byte[] Payload { get; init; }
    /// <summary>W3C trace context of what caused it.</summary>
    public string? TraceParent { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Until then the copy that wrote it publishes it by itself.</summary>
    public required DateTimeOffset AvailableAt { get; init; }
}
