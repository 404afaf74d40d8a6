using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Rules;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Tests.Alerts;

public sealed class EvaluationTests
{
    private static readonly DateTimeOffset Later = Samples.Now.AddMinutes(10);
    private static readonly Rule Rule = Samples.Rule with { MinimumSeverity = Severity.Medium };

    [Fact]
    public void A_match_raises_an_alert_that_says_what_the_incident_says()
    {
        var change = Evaluation.Evaluate(null, Rule, Samples.Incident, Samples.Now)!;
        var view = change.After.View;
        Assert.Equal(Ids.Alert(Rule.Id, Samples.Incident.Id), view.Id);
        Assert.Equal((1, AlertState.Firing, Severity.High, 1), (view.Version, view.State, view.Severity, view.IncidentVersion));
        Assert.Equal((Samples.Incident.Title, Samples.Incident.Summary, Samples.Incident.TraceId), (view.Title, view.Summary, view.TraceId));
        Assert.Equal(["EE", "RU"], view.Countries);
        Assert.Equal(["NATO", "EU"], view.Alliances);
        Assert.Equal(new RuleReference(Rule.Id, Rule.Name), view.Rule);
        Assert.Equal((Samples.Now, Samples.Now, Samples.Now), (view.RaisedAt, view.CreatedAt, view.UpdatedAt));
        Assert.Equal(("raised", 1, "monitoring"), (change.Event.Kind, change.Event.Version, change.Event.By));
        Assert.Equal([Samples.Slack], change.Notify);
    }

    [Fact]
    public void What_never_matched_is_nothing() => Assert.Null(Evaluation.Evaluate(null, Rule, Samples.Incident with { Severity = Severity.Low }, Samples.Now));

    [Fact]
    public void An_incident_that_is_withdrawn_before_it_was_seen_raises_nothing() =>
        Assert.Null(Evaluation.Evaluate(null, Rule, Samples.Incident with { State = IncidentState.Withdrawn }, Samples.Now));

    [Fact]
    public void A_new_version_that_says_the_same_changes_nothing() =>
        Assert.Null(Evaluation.Evaluate(Samples.Raised(), Rule, Samples.Incident with { Version = 2, ReportCount = 2 }, Later));

    [Fact]
    public void A_new_title_changes_the_alert_and_notifies_nobody()
    {
        var change = Evaluation.Evaluate(Samples.Raised(), Rule, Samples.Incident with { Version = 2, Title = "Port of Tallinn halted" }, Later)!;
        Assert.Equal((2, "Port of Tallinn halted", 2, Later), (change.After.View.Version, change.After.View.Title, change.After.View.IncidentVersion, change.After.View.UpdatedAt));
        Assert.Equal(("changed", 2), (change.Event.Kind, change.Event.Version));
        Assert.Empty(change.Notify);
    }

    [Fact]
    public void A_rise_of_a_firing_alert_is_told()
    {
        var change = Evaluation.Evaluate(Samples.Raised(), Rule, Samples.Incident with { Version = 2, Severity = Severity.Critical }, Later)!;
        Assert.Equal(("rose", AlertState.Firing, Severity.Critical, Later), (change.Event.Kind, change.After.View.State, change.After.View.Severity, change.After.View.RaisedAt));
        Assert.Equal([Samples.Slack], change.Notify);
    }

    [Fact]
    public void A_rise_fires_an_acknowledged_alert_again()
    {
        var acknowledged = Act(Samples.Raised(), Verb.Acknowledge);
        var change = Evaluation.Evaluate(acknowledged, Rule, Samples.Incident with { Version = 2, Severity = Severity.Critical }, Later)!;
        Assert.Equal(("rose", AlertState.Firing, 3), (change.Event.Kind, change.After.View.State, change.After.View.Version));
    }

    [Fact]
    public void A_change_without_a_rise_leaves_an_acknowledged_alert_acknowledged()
    {
        var acknowledged = Act(Samples.Raised(), Verb.Acknowledge);
        var change = Evaluation.Evaluate(acknowledged, Rule, Samples.Incident with { Version = 2, Severity = Severity.Medium }, Later)!;
        Assert.Equal(("changed", AlertState.Acknowledged, Severity.Medium), (change.Event.Kind, change.After.View.State, change.After.View.Severity));
    }

    [Fact]
    public void A_withdrawn_incident_resolves_its_alert_and_tells_who_was_told()
    {
        var change = Evaluation.Evaluate(Samples.Raised(), Rule with { Channels = [Samples.Pager] }, Samples.Incident with { Version = 2, State = IncidentState.Withdrawn }, Later)!;
        Assert.Equal(("withdrawn", AlertState.Resolved), (change.Event.Kind, change.After.View.State));
        Assert.Equal([Samples.Slack], change.Notify);
    }

    [Theory]
    [InlineData(Severity.Low, ReportStatus.Actual)]
    [InlineData(Severity.High, ReportStatus.Exercise)]
    public void An_incident_that_no_longer_matches_resolves_its_alert(Severity severity, ReportStatus status)
    {
        var change = Evaluation.Evaluate(Samples.Raised(), Rule, Samples.Incident with { Version = 2, Severity = severity, Status = status }, Later)!;
        Assert.Equal(("unmatched", AlertState.Resolved, severity), (change.Event.Kind, change.After.View.State, change.After.View.Severity));
        Assert.Equal([Samples.Slack], change.Notify);
    }

    [Fact]
    public void A_deleted_rule_ends_its_alerts_at_the_next_version_and_says_why()
    {
        var change = Evaluation.Evaluate(Samples.Raised(), rule: null, Samples.Incident with { Version = 2 }, Later)!;
        Assert.Equal(("unmatched", "The rule is off or gone."), (change.Event.Kind, change.Event.Comment));
        Assert.Equal([Samples.Slack], change.Notify);
    }

    [Fact]
    public void What_is_resolved_already_is_not_resolved_again()
    {
        var resolved = Evaluation.Evaluate(Samples.Raised(), Rule, Samples.Incident with { Version = 2, Severity = Severity.Low }, Later)!.After;
        Assert.Null(Evaluation.Evaluate(resolved, Rule, Samples.Incident with { Version = 3, State = IncidentState.Withdrawn }, Later));
    }

    [Fact]
    public void An_incident_that_matches_again_raises_its_alert_again_and_tells_the_channels_of_now()
    {
        var resolved = Evaluation.Evaluate(Samples.Raised(), Rule, Samples.Incident with { Version = 2, Severity = Severity.Low }, Later)!.After;
        var change = Evaluation.Evaluate(resolved, Rule with { Channels = [Samples.Pager] }, Samples.Incident with { Version = 3 }, Later)!;
        Assert.Equal(("raised", AlertState.Firing, 3), (change.Event.Kind, change.After.View.State, change.After.View.Version));
        Assert.Equal([Samples.Pager], change.Notify);
        Assert.Equal([Samples.Pager], change.After.Told);
    }

    [Fact]
    public void An_operators_resolve_holds_while_the_severity_does_not_rise()
    {
        var resolved = Act(Samples.Raised(), Verb.Resolve);
        Assert.Null(Evaluation.Evaluate(resolved, Rule, Samples.Incident with { Version = 2 }, Later));
        var change = Evaluation.Evaluate(resolved, Rule, Samples.Incident with { Version = 2, Title = "New words" }, Later)!;
        Assert.Equal(("changed", AlertState.Resolved), (change.Event.Kind, change.After.View.State));
        Assert.Empty(change.Notify);
    }

    [Fact]
    public void An_operators_resolve_holds_also_over_a_fall_and_a_return_to_the_same_severity()
    {
        var fallen = Evaluation.Evaluate(Act(Samples.Raised(), Verb.Resolve), Rule, Samples.Incident with { Version = 2, Severity = Severity.Medium }, Later)!.After;
        var back = Evaluation.Evaluate(fallen, Rule, Samples.Incident with { Version = 3, Severity = Severity.High }, Later)!;
        Assert.Equal(("changed", AlertState.Resolved), (back.Event.Kind, back.After.View.State));
    }

    [Fact]
    public void A_rise_above_an_operators_resolve_fires_again()
    {
        var change = Evaluation.Evaluate(Act(Samples.Raised(), Verb.Resolve), Rule, Samples.Incident with { Version = 2, Severity = Severity.Critical }, Later)!;
        Assert.Equal(("rose", AlertState.Firing, null), (change.Event.Kind, change.After.View.State, change.After.HeldAt));
        Assert.Equal([Samples.Slack], change.Notify);
    }

    [Fact]
    public void A_rise_is_told_to_the_rules_channels_and_the_end_to_all_that_were_told()
    {
        var both = Rule with { Channels = [Samples.Pager] };
        var risen = Evaluation.Evaluate(Samples.Raised(), both, Samples.Incident with { Version = 2, Severity = Severity.Critical }, Later)!;
        Assert.Equal([Samples.Pager], risen.Notify);
        var ended = Evaluation.Evaluate(risen.After, both, Samples.Incident with { Version = 3, State = IncidentState.Withdrawn }, Later)!;
        Assert.Equal([Samples.Slack, Samples.Pager], ended.Notify);
    }

    [Fact]
    public void A_merged_incident_says_where_it_lives_on()
    {
        var into = Guid.NewGuid();
        var change = Evaluation.Evaluate(Samples.Raised(), Rule, Samples.Incident with { Version = 2, State = IncidentState.Merged, MergedInto = into }, Later)!;
        Assert.Equal("unmatched", change.Event.Kind);
        Assert.Contains(into.ToString(), change.Event.Comment, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_report_s_time_is_kept_as_the_database_keeps_it()
    {
        var incident = Samples.Incident with { FirstReportedAt = Samples.Now.AddTicks(7) };
        var kept = Evaluation.Evaluate(null, Rule, incident, Samples.Now)!.After;
        Assert.Equal(Samples.Now, kept.View.FirstReportedAt);
        Assert.Null(Evaluation.Evaluate(kept, Rule, incident with { Version = 2 }, Later));
    }

    private static KeptAlert Act(KeptAlert kept, Verb verb) =>
        Assert.IsType<ActionOutcome.Done>(new OperatorAction(verb, "ana").Apply(kept, Later)).Change.After;
}
