using Monitoring.Alerting.Alerts;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Tests.Alerts;

public sealed class OperatorActionTests
{
    private static readonly DateTimeOffset Later = Samples.Now.AddMinutes(10);

    [Fact]
    public void An_acknowledgement_says_who_and_when_and_notifies_nobody()
    {
        var change = Done(Samples.Raised(), new OperatorAction(Verb.Acknowledge, "ana", "on it"));
        Assert.Equal((AlertState.Acknowledged, 2, Later), (change.After.View.State, change.After.View.Version, change.After.View.UpdatedAt));
        Assert.Equal(("acknowledged", "ana", "on it", 2, Later), (change.Event.Kind, change.Event.By, change.Event.Comment, change.Event.Version, change.Event.At));
        Assert.Empty(change.Notify);
    }

    [Fact]
    public void A_resolve_is_told_to_who_was_told_of_the_alert_and_holds_at_its_severity()
    {
        var change = Done(Samples.Raised(), new OperatorAction(Verb.Resolve, "ana"));
        Assert.Equal((AlertState.Resolved, Severity.High, "resolved"), (change.After.View.State, change.After.HeldAt, change.Event.Kind));
        Assert.Equal([Samples.Slack], change.Notify);
    }

    [Fact]
    public void A_reopened_alert_fires_and_no_longer_holds()
    {
        var resolved = Done(Samples.Raised(), new OperatorAction(Verb.Resolve, "ana")).After;
        var change = Done(resolved, new OperatorAction(Verb.Reopen, "ben"));
        Assert.Equal((AlertState.Firing, null, Later, "reopened"), (change.After.View.State, change.After.HeldAt, change.After.View.RaisedAt, change.Event.Kind));
        Assert.Empty(change.Notify);
    }

    [Fact]
    public void An_assignment_names_somebody_or_nobody()
    {
        var assigned = Done(Samples.Raised(), new OperatorAction(Verb.Assign, "ana", Assignee: "ben"));
        Assert.Equal(("ben", "ben", "assigned"), (assigned.After.View.Assignee, assigned.Event.Assignee, assigned.Event.Kind));
        Assert.Empty(assigned.Notify);
        Assert.Null(Done(assigned.After, new OperatorAction(Verb.Assign, "ana")).After.View.Assignee);
    }

    [Fact]
    public void A_comment_changes_nothing_but_the_history_in_every_state()
    {
        foreach (var kept in new[] { Samples.Raised(), Done(Samples.Raised(), new OperatorAction(Verb.Acknowledge, "a")).After, Done(Samples.Raised(), new OperatorAction(Verb.Resolve, "a")).After })
        {
            var change = Done(kept, new OperatorAction(Verb.Comment, "ana", "seen"));
            Assert.Equal((kept.View.State, kept.View.Version + 1, "commented"), (change.After.View.State, change.After.View.Version, change.Event.Kind));
            Assert.Empty(change.Notify);
        }
    }

    [Theory]
    [InlineData(nameof(Verb.Acknowledge), nameof(Verb.Acknowledge))]
    [InlineData(nameof(Verb.Resolve), nameof(Verb.Acknowledge))]
    [InlineData(nameof(Verb.Resolve), nameof(Verb.Resolve))]
    [InlineData(nameof(Verb.Resolve), nameof(Verb.Assign))]
    [InlineData(nameof(Verb.Acknowledge), nameof(Verb.Reopen))]
    public void What_the_state_does_not_allow_is_refused_with_a_reason(string first, string second)
    {
        var kept = Done(Samples.Raised(), new OperatorAction(Enum.Parse<Verb>(first), "ana")).After;
        var refused = Assert.IsType<ActionOutcome.Refused>(new OperatorAction(Enum.Parse<Verb>(second), "ben").Apply(kept, Later));
        Assert.NotEmpty(refused.Reason);
    }

    [Fact]
    public void An_action_on_another_version_than_the_newest_is_refused()
    {
        var refused = Assert.IsType<ActionOutcome.Refused>(new OperatorAction(Verb.Acknowledge, "ana", Version: 3).Apply(Samples.Raised(), Later));
        Assert.Equal("The alert changed: it is at version 1, not 3.", refused.Reason);
        Done(Samples.Raised(), new OperatorAction(Verb.Acknowledge, "ana", Version: 1));
    }

    private static AlertChange Done(KeptAlert kept, OperatorAction action) => Assert.IsType<ActionOutcome.Done>(action.Apply(kept, Later)).Change;
}
