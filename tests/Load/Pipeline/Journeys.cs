using Monitoring.Contracts;
using Monitoring.Load.Client;
using Monitoring.Load.Figures;
using Monitoring.Load.Traffic;

namespace Monitoring.Load.Pipeline;

/// <summary>What was found of the run after it, to be laid beside what was accepted.</summary>
internal sealed record Findings
{
    public required IReadOnlyCollection<Guid> Reports { get; init; }
    public required IReadOnlyCollection<(Guid Report, Guid Incident, long At)> Incidents { get; init; }
    public required IReadOnlyCollection<(Guid Alert, Guid Incident, long At)> Alerts { get; init; }
    public IReadOnlyDictionary<Guid, long>? Visible { get; init; }
    public IReadOnlyDictionary<Guid, long>? Webhooks { get; init; }
    public IReadOnlyDictionary<Guid, long>? Page { get; init; }
}

/// <summary>How many accepted reports did not arrive at each station; <c>All</c> counts a report once.</summary>
internal sealed record Lost(int All, int Reports, int Incidents, int Alerts, int? Webhooks);

/// <summary>Effects that are there more than once, or that nothing accepted or unanswered explains.</summary>
internal sealed record Duplicated(int All, int Reports, int Incidents, int Alerts, int? Webhooks);

/// <summary>Milliseconds from the start of a report's post to each station.</summary>
internal sealed record Legs(
    Percentiles? Accepted, Percentiles? IncidentRow, Percentiles? AlertRow, Percentiles? AlertVisible, Percentiles? Webhook, Percentiles? Page);

/// <summary>Every report's way, judged from what was posted and what was found.</summary>
internal sealed record Journeys(double EndToEndPerSecond, Legs Milliseconds, Lost Lost, Duplicated Duplicated)
{
    public static Journeys Of(IReadOnlyList<Sent> sent, string run, OwnIds own, Findings found)
    {
        var ways = sent.Where(one => one.Status is 0 or 202 or >= 500).Select(one => Way.Of(one, run, own)).ToArray();
        var accepted = ways.Where(way => way.Accepted).ToArray();

        var reports = found.Reports.ToHashSet();
        var incidents = ByFirst(found.Incidents.Select(row => (row.Incident, row.At)));
        var alerts = ByFirst(found.Alerts.Select(row => (row.Alert, row.At)));

        var lost = new Lost(
            accepted.Count(way => !(reports.Contains(way.Report) && incidents.ContainsKey(way.Incident) && alerts.ContainsKey(way.Alert))
                || found.Webhooks?.ContainsKey(way.Notification) == false),
            accepted.Count(way => !reports.Contains(way.Report)),
            accepted.Count(way => !incidents.ContainsKey(way.Incident)),
            accepted.Count(way => !alerts.ContainsKey(way.Alert)),
            found.Webhooks is null ? null : accepted.Count(way => !found.Webhooks.ContainsKey(way.Notification)));

        var doubles = (
            Reports: Surplus(found.Reports, ways.Select(way => way.Report)),
            Incidents: Surplus(found.Incidents.Select(row => row.Incident), ways.Select(way => way.Incident)),
            Alerts: Surplus(found.Alerts.Select(row => row.Alert), ways.Select(way => way.Alert)),
            Webhooks: found.Webhooks is null ? (int?)null : Surplus(found.Webhooks.Keys, ways.Select(way => way.Notification)));
        var duplicated = new Duplicated(
            doubles.Reports + doubles.Incidents + doubles.Alerts + (doubles.Webhooks ?? 0),
            doubles.Reports, doubles.Incidents, doubles.Alerts, doubles.Webhooks);

        var legs = new Legs(
            Percentiles.Of(sent.Where(one => one.Status == 202).Select(one => one.Took)),
            Leg(accepted, way => way.Incident, incidents),
            Leg(accepted, way => way.Alert, alerts),
            Leg(accepted, way => way.Alert, found.Visible),
            Leg(accepted, way => way.Notification, found.Webhooks),
            Leg(accepted, way => way.Alert, found.Page));
        return new(Rate(accepted, alerts), legs, lost, duplicated);
    }

    /// <summary>From the first post to the last alert's row.</summary>
    private static double Rate(Way[] accepted, Dictionary<Guid, long> alerts)
    {
        var arrived = accepted.Where(way => alerts.ContainsKey(way.Alert)).ToArray();
        if (arrived.Length == 0) return 0;
        var ticks = arrived.Max(way => alerts[way.Alert]) - accepted.Min(way => way.StartedAt);
        return Math.Round(arrived.Length / TimeSpan.FromTicks(ticks).TotalSeconds, 1);
    }

    private static Percentiles? Leg(Way[] accepted, Func<Way, Guid> id, IReadOnlyDictionary<Guid, long>? arrivals) =>
        arrivals is null
            ? null
            : Percentiles.Of(accepted.Where(way => arrivals.ContainsKey(id(way))).Select(way => TimeSpan.FromTicks(arrivals[id(way)] - way.StartedAt)));

    private static int Surplus(IEnumerable<Guid> found, IEnumerable<Guid> explained)
    {
        var open = explained.ToHashSet();
        return found.Count(id => !open.Remove(id));
    }

    private static Dictionary<Guid, long> ByFirst(IEnumerable<(Guid Id, long At)> arrivals)
    {
        var first = new Dictionary<Guid, long>();
        foreach (var (id, at) in arrivals) first.TryAdd(id, at);
        return first;
    }

    private readonly record struct Way(bool Accepted, long StartedAt, Guid Report, Guid Incident, Guid Alert, Guid Notification)
    {
        public static Way Of(Sent sent, string run, OwnIds own)
        {
            var report = Ids.Report(own.Feed, RequestTemplate.ExternalId(run, sent.First));
            var incident = Ids.Incident(report);
            var alert = Ids.Alert(own.Rule, incident);
            return new(sent.Accepted > 0, sent.StartedAt, report, incident, alert, Ids.Notification(alert, 1, own.Channel));
        }
    }
}

/// <summary>Ids that those of the run's reports, alerts and notifications follow from.</summary>
internal readonly record struct OwnIds(Guid Feed, Guid Rule, Guid Channel);
