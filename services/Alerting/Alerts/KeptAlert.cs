using Monitoring.Contracts;

namespace Monitoring.Alerting.Alerts;

/// <summary>An alert, with what decides over it and is not shown.</summary>
internal sealed record KeptAlert
{
    public required Alert View { get; init; }
    /// <summary>The severity at which an operator resolved it: it stays resolved until the incident rises above that.</summary>
    public Severity? HeldAt { get; init; }
    /// <summary>The channels that were told it fires, and so must be told when it ends, whatever became of the rule.</summary>
    public required IReadOnlyList<Guid> Told { get; init; }
}

/// <summary>One step of an alert: how it is now, the entry in its history, and the channels to notify.</summary>
internal sealed record AlertChange(KeptAlert After, AlertEvent Event, IReadOnlyList<Guid> Notify);

/// <summary>The kinds of <see cref="AlertEvent"/>.</summary>
internal static class EventKinds
{
    public const string Raised = "raised";
    public const string Rose = "rose";
    public const string Changed = "changed";
    public const string Withdrawn = "withdrawn";
    public const string Unmatched = "unmatched";
    public const string Expired = "expired";
    public const string Acknowledged = "acknowledged";
    public const string Assigned = "assigned";
    public const string Commented = "commented";
    public const string Resolved = "resolved";
    public const string Reopened = "reopened";

    /// <summary>Who is named where nobody asked for a change.</summary>
    public const string Nobody = "monitoring";
}
