namespace Monitoring.Contracts;

/// <summary>What a rule raised about an incident.</summary>
public sealed record Alert
{
    /// <summary><see cref="Ids.Alert"/> of rule and incident.</summary>
    public required Guid Id { get; init; }
    /// <summary>One more for each change.</summary>
    public required int Version { get; init; }
    public required AlertState State { get; init; }
    public required Severity Severity { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required RuleReference Rule { get; init; }
    public required Guid IncidentId { get; init; }
    public required int IncidentVersion { get; init; }
    public required IReadOnlyList<Domain> Domains { get; init; }
    /// <summary>ISO 3166-1 alpha-2 codes, affected ones first.</summary>
    public required IReadOnlyList<string> Countries { get; init; }
    public required IReadOnlyList<string> Alliances { get; init; }
    public required double Confidence { get; init; }
    public required Marking Marking { get; init; }
    /// <summary>When it last began to fire.</summary>
    public required DateTimeOffset RaisedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>When the incident was first reported.</summary>
    public required DateTimeOffset FirstReportedAt { get; init; }
    /// <summary>The incident's: after this time it is resolved, but where an operator reopened it afterwards.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    public string? Assignee { get; init; }
    public Guid? SilencedBy { get; init; }
    public string? TraceId { get; init; }
    /// <summary>What happened to it, oldest first; only on a single alert.</summary>
    public IReadOnlyList<AlertEvent>? History { get; init; }
    /// <summary>Where it was sent; only on a single alert.</summary>
    public IReadOnlyList<Delivery>? Deliveries { get; init; }
}

/// <summary>The rule that raised an alert, by the name it had then.</summary>
public sealed record RuleReference(Guid Id, string Name);

/// <summary>An entry of an alert's history, which is only ever added to.</summary>
public sealed record AlertEvent
{
    public required int Version { get; init; }
    /// <summary><c>raised</c>, <c>rose</c>, <c>changed</c>, <c>withdrawn</c>, <c>unmatched</c>, <c>expired</c>, <c>acknowledged</c>, <c>assigned</c>, <c>commented</c>, <c>resolved</c>, <c>reopened</c>.</summary>
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>An operator or a token's subject; <c>monitoring</c> where nobody asked for it.</summary>
    public required string By { get; init; }
    public string? Comment { get; init; }
    public Severity? Severity { get; init; }
    public string? Assignee { get; init; }
}

/// <summary>One notification of an alert on its way to one channel.</summary>
public sealed record Delivery
{
    /// <summary><see cref="Ids.Notification"/>; the same over all attempts, and what the receiver knows it by.</summary>
    public required Guid Id { get; init; }
    public required Guid AlertId { get; init; }
    public required int AlertVersion { get; init; }
    public required Guid ChannelId { get; init; }
    public required string Channel { get; init; }
    /// <summary>The kind of the event that it tells of.</summary>
    public required string Event { get; init; }
    /// <summary><c>pending</c>, <c>delivered</c>, <c>failed</c> (the target refused it for good), <c>dead</c> (given up).</summary>
    public required string State { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    public required IReadOnlyList<DeliveryAttempt> Attempts { get; init; }
}

/// <summary>One try: the HTTP status where there was one, the reason where it failed, and how long it took.</summary>
public sealed record DeliveryAttempt(DateTimeOffset At, int? Status, string? Error, int DurationMs);
