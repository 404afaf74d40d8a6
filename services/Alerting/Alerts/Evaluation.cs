using System.Globalization;
using Monitoring.Alerting.Rules;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Alerts;

/// <summary>What a version of an incident means for the alert of one rule.</summary>
internal static class Evaluation
{
    /// <param name="kept">The alert of this rule and incident, where there is one.</param>
    /// <param name="rule">The rule; <c>null</c> where it was deleted, which is as good as no match.</param>
    /// <param name="incident">A version newer than any that was evaluated before.</param>
    /// <param name="now">The time of the change.</param>
    /// <returns>The change, or <c>null</c> where there is none.</returns>
    public static AlertChange? Evaluate(KeptAlert? kept, Rule? rule, Incident incident, DateTimeOffset now)
    {
        if (rule is null || !Matching.Matches(rule, incident)) return kept is null or { View.State: AlertState.Resolved } ? null : End(kept, rule, incident, now);
        if (HasExpired(kept, incident, now))
        {
            return kept switch
            {
                null => null,
                { View.State: AlertState.Resolved } => Follow(kept, incident, now),
                _ => Expire(kept, Describe(kept.View, incident, now)),
            };
        }
        return kept switch
        {
            null => Raise(rule, incident, now),
            { HeldAt: { } held } => incident.Severity > held ? Fire(kept, EventKinds.Rose, rule, incident, now) : Follow(kept, incident, now),
            { View.State: AlertState.Resolved } => Fire(kept, EventKinds.Raised, rule, incident, now),
            _ when incident.Severity > kept.View.Severity => Fire(kept, EventKinds.Rose, rule, incident, now),
            _ => Follow(kept, incident, now),
        };
    }

    /// <summary>Ends an open alert because its time is over, without any new version of its incident.</summary>
    public static AlertChange Expire(KeptAlert kept, DateTimeOffset now) => Expire(kept, kept.View with { Version = kept.View.Version + 1, UpdatedAt = now });

    /// <summary>
    /// Whether the source no longer stands by the incident. What an operator reopened after its time stays open, whatever time before that
    /// the source names; a later time counts again.
    /// </summary>
    private static bool HasExpired(KeptAlert? kept, Incident incident, DateTimeOffset now) =>
        Moment.Truncate(incident.ExpiresAt) is { } over && over <= now && !(kept is not null && IsReopenedAfterItsTime(kept.View) && over <= kept.View.RaisedAt);

    /// <summary>Nothing but an operator makes an alert fire whose time is over. The sweep over expired alerts leaves out the same ones.</summary>
    private static bool IsReopenedAfterItsTime(Alert view) => view.State != AlertState.Resolved && view.ExpiresAt <= view.RaisedAt;

    private static AlertChange Raise(Rule rule, Incident incident, DateTimeOffset now)
    {
        var view = new Alert
        {
            Id = Ids.Alert(rule.Id, incident.Id),
            Version = 1,
            State = AlertState.Firing,
            Severity = incident.Severity,
            Title = incident.Title,
            Summary = incident.Summary,
            Rule = new RuleReference(rule.Id, rule.Name),
            IncidentId = incident.Id,
            IncidentVersion = incident.Version,
            Domains = incident.Domains,
            Countries = Countries(incident),
            Alliances = Alliances(incident),
            Confidence = incident.Confidence,
            Marking = incident.Marking,
            RaisedAt = now,
            CreatedAt = now,
            UpdatedAt = now,
            FirstReportedAt = Moment.Truncate(incident.FirstReportedAt),
            ExpiresAt = Moment.Truncate(incident.ExpiresAt),
            TraceId = incident.TraceId,
        };
        return new(new KeptAlert { View = view, Told = rule.Channels }, Entry(view, EventKinds.Raised), rule.Channels);
    }

    /// <summary>Fires again, or for the first time at this height: an acknowledgement was of something smaller.</summary>
    private static AlertChange Fire(KeptAlert kept, string kind, Rule rule, Incident incident, DateTimeOffset now)
    {
        var view = Describe(kept.View, incident, now) with { State = AlertState.Firing, RaisedAt = now };
        var told = kept.View.State == AlertState.Resolved ? rule.Channels : [.. kept.Told.Union(rule.Channels)];
        return new(new KeptAlert { View = view, Told = told }, Entry(view, kind), rule.Channels);
    }

    private static AlertChange? Follow(KeptAlert kept, Incident incident, DateTimeOffset now)
    {
        var view = Describe(kept.View, incident, now);
        return SaysTheSame(view, kept.View) ? null : new(kept with { View = view }, Entry(view, EventKinds.Changed), []);
    }

    private static AlertChange End(KeptAlert kept, Rule? rule, Incident incident, DateTimeOffset now)
    {
        var kind = incident.State == IncidentState.Withdrawn ? EventKinds.Withdrawn : EventKinds.Unmatched;
        var comment = incident switch
        {
            { State: IncidentState.Merged } => $"It lives on in incident {incident.MergedInto}.",
            { State: IncidentState.Open } when rule is null or { Enabled: false } => "The rule is off or gone.",
            _ => null,
        };
        return Resolve(kept, Describe(kept.View, incident, now), kind, comment);
    }

    private static AlertChange Expire(KeptAlert kept, Alert view) =>
        Resolve(kept, view, EventKinds.Expired, string.Create(CultureInfo.InvariantCulture, $"Its source stood by it until {view.ExpiresAt:yyyy-MM-dd HH:mm:ss} UTC."));

    private static AlertChange Resolve(KeptAlert kept, Alert view, string kind, string? comment)
    {
        view = view with { State = AlertState.Resolved };
        return new(kept with { View = view }, Entry(view, kind) with { Comment = comment }, kept.Told);
    }

    private static Alert Describe(Alert view, Incident incident, DateTimeOffset now) => view with
    {
        Version = view.Version + 1,
        Severity = incident.Severity,
        Title = incident.Title,
        Summary = incident.Summary,
        IncidentVersion = incident.Version,
        Domains = incident.Domains,
        Countries = Countries(incident),
        Alliances = Alliances(incident),
        Confidence = incident.Confidence,
        Marking = incident.Marking,
        FirstReportedAt = Moment.Truncate(incident.FirstReportedAt),
        ExpiresAt = Moment.Truncate(incident.ExpiresAt),
        UpdatedAt = now,
        TraceId = incident.TraceId ?? view.TraceId,
    };

    private static bool SaysTheSame(Alert one, Alert other) =>
        one.Severity == other.Severity && one.Title == other.Title && one.Summary == other.Summary && one.Confidence == other.Confidence
        && one.FirstReportedAt == other.FirstReportedAt && one.ExpiresAt == other.ExpiresAt && one.Marking.Tlp == other.Marking.Tlp
        && one.Domains.SequenceEqual(other.Domains) && one.Countries.SequenceEqual(other.Countries) && one.Alliances.SequenceEqual(other.Alliances)
        && (one.Marking.ReleasableTo, other.Marking.ReleasableTo) switch
        {
            (null, null) => true,
            ({ } mine, { } theirs) => mine.SequenceEqual(theirs),
            _ => false,
        };

    private static AlertEvent Entry(Alert view, string kind) =>
        new() { Version = view.Version, Kind = kind, At = view.UpdatedAt, By = EventKinds.Nobody, Severity = view.Severity };

    private static List<string> Countries(Incident incident) =>
        [.. incident.Countries.Where(country => country.Role != CountryRole.Mentioned).OrderBy(country => country.Role).Select(country => country.Code).Distinct()];

    private static List<string> Alliances(Incident incident) => [.. incident.Members.SelectMany(member => member.Alliances).Distinct()];
}
