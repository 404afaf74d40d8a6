using System.Text.Json.Serialization;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Alerts;

/// <summary>What an operator can do with an alert.</summary>
[JsonConverter(typeof(WireEnumConverter<Verb>))]
internal enum Verb { Acknowledge, Assign, Comment, Resolve, Reopen }

/// <summary>An operator's wish; <c>Version</c> is the version of the alert that the operator saw, where it matters.</summary>
internal sealed record OperatorAction(Verb Verb, string By, string? Comment = null, string? Assignee = null, int? Version = null)
{
    /// <summary>The alert as it is afterwards, or why it cannot be.</summary>
    public ActionOutcome Apply(KeptAlert kept, DateTimeOffset now)
    {
        var state = kept.View.State;
        if (Version is { } seen && seen != kept.View.Version) return Refuse($"The alert changed: it is at version {kept.View.Version}, not {seen}.");
        return (Verb, state) switch
        {
            (Verb.Acknowledge, AlertState.Firing) => Change(kept, EventKinds.Acknowledged, kept.View with { State = AlertState.Acknowledged }, now),
            (Verb.Acknowledge, _) => Refuse($"Only a firing alert can be acknowledged; this one is {Wire<AlertState>.Name(state)}."),
            (Verb.Assign, AlertState.Resolved) => Refuse("The alert is resolved; reopen it to assign it."),
            (Verb.Assign, _) => Change(kept, EventKinds.Assigned, kept.View with { Assignee = Assignee }, now),
            (Verb.Comment, _) => Change(kept, EventKinds.Commented, kept.View, now),
            (Verb.Resolve, AlertState.Resolved) => Refuse("The alert is resolved already."),
            (Verb.Resolve, _) => Change(kept with { HeldAt = kept.View.Severity }, EventKinds.Resolved, kept.View with { State = AlertState.Resolved }, now),
            (Verb.Reopen, AlertState.Resolved) => Change(kept with { HeldAt = null }, EventKinds.Reopened, kept.View with { State = AlertState.Firing, RaisedAt = now }, now),
            (Verb.Reopen, _) => Refuse($"Only a resolved alert can be reopened; this one is {Wire<AlertState>.Name(state)}."),
            _ => throw new InvalidOperationException($"Nothing is known of {Verb}."),
        };
    }

    private ActionOutcome.Done Change(KeptAlert kept, string kind, Alert view, DateTimeOffset now)
    {
        view = view with { Version = view.Version + 1, UpdatedAt = now };
        var entry = new AlertEvent { Version = view.Version, Kind = kind, At = now, By = By, Comment = Comment, Severity = view.Severity, Assignee = Verb == Verb.Assign ? Assignee : null };
        return new(new AlertChange(kept with { View = view }, entry, Verb == Verb.Resolve ? kept.Told : []));
    }

    private static ActionOutcome.Refused Refuse(string reason) => new(reason);
}

/// <summary>What became of an operator's action.</summary>
internal abstract record ActionOutcome
{
    public sealed record Done(AlertChange Change) : ActionOutcome;

    /// <summary>The alert is in no state for it.</summary>
    public sealed record Refused(string Reason) : ActionOutcome;
}
