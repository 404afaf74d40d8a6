namespace Monitoring.Classification.Stories;

/// <summary>A report that may join an incident.</summary>
internal sealed record JoiningReport(Guid Id, Guid IncidentId, Signature Signature)
{
    public IReadOnlyList<BlockKey> Keys { get; } = BlockKeys.Of(Signature);
}

/// <summary>An incident that shares keys with a report.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Weight">Of the keys that the closest of its reports shares.</param>
internal sealed record Candidate(Guid IncidentId, float Weight);

/// <summary>What is known of stories before a group of reports is joined: candidates by report, and the latest reports of each of them.</summary>
internal sealed record KnownStories(ILookup<Guid, Candidate> Candidates, ILookup<Guid, Signature> Reports)
{
    public static KnownStories None { get; } = new(Array.Empty<Candidate>().ToLookup(_ => Guid.Empty), Array.Empty<Signature>().ToLookup(_ => Guid.Empty));
}

/// <summary>What became of a group: the incident of each report, and incidents that a report proved to be one.</summary>
internal sealed record Joined(IReadOnlyDictionary<Guid, Guid> Incidents, IReadOnlyCollection<Link> Links);

/// <summary>A report that belongs to two incidents, and so proves them to be one.</summary>
internal readonly record struct Link(Guid ReportId, Guid One, Guid Other);

/// <summary>
/// Joins reports to incidents, one after the other in the order in which they were told; each is found by those that come later. A group
/// in the service is joined to what is stored; an evaluation is one long group.
/// </summary>
internal sealed class Joining(TimeSpan window)
{
    /// <summary>Of a key, so many reports are looked at, the latest; a minute that has more says nothing.</summary>
    public const int ReportsOfKeyAtMost = 8;
    /// <summary>So many reports that share the most are looked at.</summary>
    public const int ReportsAtMost = 6;
    private const int IncidentsAtMost = 6;

    private readonly Dictionary<int, List<JoiningReport>> byKey = [];
    private readonly Dictionary<Guid, List<Signature>> byIncident = [];
    private readonly Dictionary<Guid, Guid> incidents = [];
    private readonly HashSet<Link> links = [];
    // Of each incident that a report linked, all that are one with it.
    private readonly Dictionary<Guid, List<Guid>> together = [];

    public static Joined Join(IEnumerable<JoiningReport> reports, KnownStories known, TimeSpan window)
    {
        var joining = new Joining(window);
        foreach (var report in reports.OrderBy(report => report.Signature.ToldAt).ThenBy(report => report.Id)) joining.Add(report, known);
        return new(joining.incidents, joining.links);
    }

    private void Add(JoiningReport report, KnownStories known)
    {
        var scored = Candidates(report, known)
            .Select(candidate => (candidate.IncidentId, Score: Sameness.Score(report.Signature, Reports(candidate.IncidentId, known))))
            .OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.IncidentId).ToList();
        var incident = scored.Count > 0 && scored[0].Score > Sameness.Enough ? scored[0].IncidentId : report.IncidentId;
        incidents[report.Id] = incident;
        if (!byIncident.TryGetValue(incident, out var told)) byIncident[incident] = told = [];
        told.Add(report.Signature);
        foreach (var other in scored.Skip(1).TakeWhile(other => other.Score > Sameness.Enough))
            if ((other.Score > Sameness.EnoughToMerge || AreClose(incident, other.IncidentId, known)) && MayBeOne(incident, other.IncidentId, known))
                links.Add(new(report.Id, incident, other.IncidentId));

        foreach (var key in report.Keys.Where(key => key.IsKept))
        {
            if (!byKey.TryGetValue(key.Hash, out var found)) byKey[key.Hash] = found = [];
            found.Add(report);
        }
    }

    /// <summary>Whether the reports of two incidents, each with the other incident, are on the whole one event.</summary>
    private bool AreClose(Guid one, Guid other, KnownStories known) => Sameness.Closeness(Reports(one, known), Reports(other, known)) > Sameness.CloseEnough;

    /// <summary>Whether no report of the one, or of what was found to be one with it, keeps itself apart from the other.</summary>
    private bool MayBeOne(Guid one, Guid other, KnownStories known)
    {
        if (!together.TryGetValue(one, out var ours)) together[one] = ours = [one];
        if (!together.TryGetValue(other, out var theirs)) together[other] = theirs = [other];
        if (ours == theirs) return true;
        foreach (var mine in ours)
            foreach (var their in theirs)
            {
                var (left, right) = (Reports(mine, known), Reports(their, known));
                if (left.Exists(report => Sameness.AreApart(report, right)) || right.Exists(report => Sameness.AreApart(report, left))) return false;
            }
        ours.AddRange(theirs);
        foreach (var incident in theirs) together[incident] = ours;
        return true;
    }

    /// <summary>The incident's latest reports.</summary>
    private List<Signature> Reports(Guid incident, KnownStories known) =>
        [.. (byIncident.TryGetValue(incident, out var added) ? known.Reports[incident].Concat(added) : known.Reports[incident])
            .OrderByDescending(report => report.ToldAt).Take(Sameness.ReportsAtMost)];

    private IEnumerable<Candidate> Candidates(JoiningReport report, KnownStories known)
    {
        var hits = new Dictionary<Guid, Candidate>();
        foreach (var key in report.Keys)
        {
            if (!byKey.TryGetValue(key.Hash, out var sharing)) continue;
            if (key.IsMinute && sharing.Count >= ReportsOfKeyAtMost) continue;
            foreach (var other in Enumerable.Reverse(sharing).Where(other => Math.Abs(other.Signature.ToldAt - report.Signature.ToldAt) <= window.TotalSeconds).Take(ReportsOfKeyAtMost))
            {
                var hit = hits.GetValueOrDefault(other.Id) ?? new(incidents[other.Id], 0);
                hits[other.Id] = hit with { Weight = hit.Weight + key.Weight };
            }
        }
        return hits.Values.OrderByDescending(hit => hit.Weight).Take(ReportsAtMost).Concat(known.Candidates[report.Id])
            .GroupBy(hit => hit.IncidentId, (incident, same) => new Candidate(incident, same.Max(hit => hit.Weight)))
            .OrderByDescending(candidate => candidate.Weight).ThenBy(candidate => candidate.IncidentId).Take(IncidentsAtMost);
    }
}
