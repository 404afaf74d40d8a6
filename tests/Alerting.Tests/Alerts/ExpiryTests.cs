using Monitoring.Alerting.Alerts;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Tests.Alerts;

public sealed class ExpiryTests
{
    private static readonly DateTimeOffset Over = Samples.Now.AddMinutes(10);
    private static readonly DateTimeOffset Later = Over.AddMinutes(10);
    private static readonly Incident Expiring = Samples.Incident with { ExpiresAt = Over };

    [Fact]
    public void An_alert_tells_until_when_the_source_stands_by_it_in_utc_and_as_the_database_keeps_it()
    {
        var change = Evaluate(null, Expiring with { ExpiresAt = Over.AddTicks(7).ToOffset(TimeSpan.FromHours(2)) }, Samples.Now)!;
        Assert.Equal((Over, TimeSpan.Zero), (change.After.View.ExpiresAt, change.After.View.ExpiresAt!.Value.Offset));
        Assert.Null(Evaluate(change.After, Version(2, Over.AddTicks(3)), Samples.Now));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void An_incident_whose_time_is_over_raises_nothing(int seconds, bool raises) =>
        Assert.Equal(raises, Evaluate(null, Expiring, Over.AddSeconds(seconds)) is not null);

    [Theory]
    [InlineData(null)]
    [InlineData(nameof(Verb.Acknowledge))]
    public void A_version_whose_time_is_over_resolves_the_alert_and_tells_who_was_told(string? action)
    {
        var kept = action is null ? Raised() : Act(Raised(), Enum.Parse<Verb>(action), Samples.Now);
        var change = Evaluation.Evaluate(kept, Samples.Rule with { Channels = [Samples.Pager] }, Version(2, Samples.Now) with { Title = "It is over" }, Later)!;
        Assert.Equal((AlertState.Resolved, "It is over", Samples.Now, 2), (change.After.View.State, change.After.View.Title, change.After.View.ExpiresAt, change.After.View.IncidentVersion));
        Assert.Equal(("expired", "monitoring", change.After.View.Version), (change.Event.Kind, change.Event.By, change.Event.Version));
        Assert.Equal("Its source stood by it until 2026-11-24 12:00:00 UTC.", change.Event.Comment);
        Assert.Equal([Samples.Slack], change.Notify);
    }

    [Fact]
    public void The_passing_of_time_resolves_an_alert_in_the_same_way()
    {
        var change = Evaluation.Expire(Raised(), Later);
        Assert.Equal((AlertState.Resolved, 2, Later, 1), (change.After.View.State, change.After.View.Version, change.After.View.UpdatedAt, change.After.View.IncidentVersion));
        Assert.Equal(("expired", 2, Later, Severity.High), (change.Event.Kind, change.Event.Version, change.Event.At, change.Event.Severity));
        Assert.Equal("Its source stood by it until 2026-11-24 12:10:00 UTC.", change.Event.Comment);
        Assert.Equal([Samples.Slack], change.Notify);
    }

    [Fact]
    public void A_source_that_takes_it_back_is_told_as_such_also_after_its_time()
    {
        var change = Evaluate(Raised(), Version(2, Over) with { State = IncidentState.Withdrawn }, Later)!;
        Assert.Equal("withdrawn", change.Event.Kind);
    }

    [Fact]
    public void A_version_that_only_moves_the_time_changes_the_alert_and_tells_nobody()
    {
        var change = Evaluate(Raised(), Version(2, Later), Samples.Now)!;
        Assert.Equal(("changed", AlertState.Firing, Later), (change.Event.Kind, change.After.View.State, change.After.View.ExpiresAt));
        Assert.Empty(change.Notify);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(null)]
    public void A_version_that_stands_longer_fires_an_expired_alert_again(int? minutes)
    {
        var expiresAt = minutes is { } more ? Over.AddMinutes(more) : (DateTimeOffset?)null;
        var change = Evaluate(Evaluation.Expire(Raised(), Over).After, Version(2, expiresAt), Later)!;
        Assert.Equal(("raised", AlertState.Firing, Later, expiresAt), (change.Event.Kind, change.After.View.State, change.After.View.RaisedAt, change.After.View.ExpiresAt));
        Assert.Equal([Samples.Slack], change.Notify);
    }

    [Fact]
    public void An_expired_alert_follows_its_source_and_stays_resolved()
    {
        var expired = Evaluation.Expire(Raised(), Over).After;
        Assert.Null(Evaluate(expired, Version(2, Over), Later));
        var change = Evaluate(expired, Version(2, Over.AddMinutes(1)) with { Severity = Severity.Critical }, Later)!;
        Assert.Equal(("changed", AlertState.Resolved, Over.AddMinutes(1)), (change.Event.Kind, change.After.View.State, change.After.View.ExpiresAt));
        Assert.Empty(change.Notify);
    }

    [Fact]
    public void An_operators_resolve_holds_over_the_end_and_a_longer_time()
    {
        var resolved = Act(Raised(), Verb.Resolve, Samples.Now);
        var over = Evaluate(resolved, Version(2, Over) with { Severity = Severity.Critical }, Later)!;
        Assert.Equal(("changed", AlertState.Resolved), (over.Event.Kind, over.After.View.State));
        var change = Evaluate(resolved, Version(2, Later.AddMinutes(1)), Later)!;
        Assert.Equal(("changed", AlertState.Resolved), (change.Event.Kind, change.After.View.State));
    }

    [Fact]
    public void What_an_operator_reopens_after_its_time_no_time_before_that_resolves()
    {
        var reopened = Act(Evaluation.Expire(Raised(), Over).After, Verb.Reopen, Later);
        Assert.Null(Evaluate(reopened, Version(2, Over), Later.AddMinutes(1)));
        var followed = Evaluate(reopened, Version(2, Over.AddMinutes(5)), Later.AddMinutes(1))!;
        Assert.Equal(("changed", AlertState.Firing), (followed.Event.Kind, followed.After.View.State));
        var acknowledged = Act(followed.After, Verb.Acknowledge, Later.AddMinutes(2));
        Assert.Null(Evaluate(acknowledged, Version(3, Over.AddMinutes(5)), Later.AddMinutes(3)));
        var risen = Evaluate(acknowledged, Version(3, Over) with { Severity = Severity.Critical }, Later.AddMinutes(3))!;
        Assert.Equal(("rose", AlertState.Firing), (risen.Event.Kind, risen.After.View.State));
        Assert.Null(Evaluate(risen.After, Version(4, Over) with { Severity = Severity.Critical }, Later.AddMinutes(4)));
    }

    [Fact]
    public void A_later_time_counts_again_for_what_an_operator_reopened()
    {
        var reopened = Act(Evaluation.Expire(Raised(), Over).After, Verb.Reopen, Later);
        var change = Evaluate(reopened, Version(2, Later.AddMinutes(5)), Later.AddMinutes(6))!;
        Assert.Equal(("expired", AlertState.Resolved), (change.Event.Kind, change.After.View.State));
    }

    [Fact]
    public void A_time_that_the_source_moves_to_before_the_alert_was_raised_resolves_it()
    {
        var change = Evaluate(Raised(), Version(2, Samples.Now.AddMinutes(-1)), Samples.Now.AddMinutes(1))!;
        Assert.Equal(("expired", AlertState.Resolved), (change.Event.Kind, change.After.View.State));
    }

    [Fact]
    public void What_an_operator_reopened_and_resolved_again_does_not_fire_when_it_rises_after_its_time()
    {
        var reopened = Act(Evaluation.Expire(Raised(), Over).After, Verb.Reopen, Later);
        var resolved = Act(reopened, Verb.Resolve, Later.AddMinutes(1));
        var change = Evaluate(resolved, Version(2, Over) with { Severity = Severity.Critical }, Later.AddMinutes(2))!;
        Assert.Equal(("changed", AlertState.Resolved), (change.Event.Kind, change.After.View.State));
    }

    private static Incident Version(int version, DateTimeOffset? expiresAt) => Expiring with { Version = version, ExpiresAt = expiresAt };

    private static KeptAlert Raised() => Evaluate(null, Expiring, Samples.Now)!.After;

    private static AlertChange? Evaluate(KeptAlert? kept, Incident incident, DateTimeOffset now) => Evaluation.Evaluate(kept, Samples.Rule, incident, now);

    private static KeptAlert Act(KeptAlert kept, Verb verb, DateTimeOffset now) =>
        Assert.IsType<ActionOutcome.Done>(new OperatorAction(verb, "ana").Apply(kept, now)).Change.After;
}
