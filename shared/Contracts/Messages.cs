namespace Monitoring.Contracts;

/// <summary>Ingestion committed these revisions. Never lost: consumed by Classification from its own durable queue.</summary>
public sealed record ReportsReceived
{
    public required IReadOnlyList<ReceivedReport> Reports { get; init; }
}

/// <summary>Classification committed these versions of incidents. Never lost: consumed by Alerting from its own durable queue.</summary>
public sealed record IncidentsChanged
{
    public required IReadOnlyList<Incident> Incidents { get; init; }
}

/// <summary>Alerting committed these versions of alerts. A hint: whoever shows alerts also reads the API.</summary>
public sealed record AlertsChanged
{
    public required IReadOnlyList<Alert> Alerts { get; init; }
}

/// <summary>A feed went quiet, or is heard again. A hint: whoever shows feeds also reads the API.</summary>
public sealed record FeedHealthChanged
{
    public required Guid FeedId { get; init; }
    /// <summary>The feed's name.</summary>
    public required string Feed { get; init; }
    public required FeedHealth State { get; init; }
    /// <summary>When that was found.</summary>
    public required DateTimeOffset Since { get; init; }
    public DateTimeOffset? LastHeardAt { get; init; }
    /// <summary>From then on it is late.</summary>
    public DateTimeOffset? ExpectedBy { get; init; }
}

/// <summary>An API token was revoked: no service honours it from now on.</summary>
public sealed record TokenRevoked
{
    /// <summary>The token's <c>jti</c>.</summary>
    public required string TokenId { get; init; }
    /// <summary>When the token ends by itself, and the revocation can be forgotten.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A page of a list, newest first. <c>Next</c> is the cursor of the following page, <c>null</c> on the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
