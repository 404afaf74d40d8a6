using Monitoring.Contracts;

namespace Monitoring.Classification.Stories;

/// <summary>An incident that may be merged with others.</summary>
/// <param name="Id">The incident.</param>
/// <param name="State">Its state.</param>
/// <param name="CreatedAt"><c>null</c> where it is yet to be made.</param>
/// <param name="Pinned">Whether an analyst placed reports in it.</param>
/// <param name="Corrected">Whether an analyst's word on it is in force.</param>
internal sealed record Mergeable(Guid Id, IncidentState State, DateTimeOffset? CreatedAt, bool Pinned, bool Corrected = false)
{
    /// <summary>Whether it has a life of its own that a merge would end or change.</summary>
    public bool Lives => CreatedAt is not null && State != IncidentState.Merged;
}

/// <summary>Which incidents live on in which, where some were found to be one.</summary>
internal static class Merging
{
    /// <summary>
    /// Of those that belong together the one lives on whose reports an analyst placed, else the first that is open, so that its alerts go
    /// on. Where an analyst placed reports in two of them, they stay apart; so they do where one of several was corrected, since what was
    /// said of the one was not said of the others.
    /// </summary>
    /// <param name="incidents">All that <paramref name="links"/> name.</param>
    /// <param name="links">Pairs that are one.</param>
    /// <returns>For each that ends, the one that it lives on in.</returns>
    public static IReadOnlyDictionary<Guid, Guid> Heirs(IEnumerable<Mergeable> incidents, IReadOnlyCollection<(Guid One, Guid Other)> links)
    {
        var heirs = new Dictionary<Guid, Guid>();
        if (links.Count == 0) return heirs;
        var leaders = new Dictionary<Guid, Guid>();
        foreach (var (one, other) in links) leaders[Leader(one)] = Leader(other);
        foreach (var together in incidents.Where(incident => leaders.ContainsKey(incident.Id)).GroupBy(incident => Leader(incident.Id)))
        {
            if (together.Count(incident => incident.Pinned) > 1) continue;
            if (together.Any(incident => incident is { Corrected: true, Lives: true }) && together.Count(incident => incident.Lives) > 1) continue;
            var heir = together.OrderByDescending(incident => incident.Pinned).ThenByDescending(incident => incident is { State: IncidentState.Open, CreatedAt: not null })
                .ThenBy(incident => incident.CreatedAt ?? DateTimeOffset.MaxValue).ThenBy(incident => incident.Id).First();
            foreach (var incident in together.Where(incident => incident != heir)) heirs[incident.Id] = heir.Id;
        }
        return heirs;

        Guid Leader(Guid id)
        {
            while (leaders.TryGetValue(id, out var next) && next != id) id = next;
            leaders.TryAdd(id, id);
            return id;
        }
    }
}
