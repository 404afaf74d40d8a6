using Monitoring.Classification.Corrections;
using Monitoring.Classification.Stories;
using Monitoring.Contracts;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>
/// Brings incidents up to date with the reports that are theirs, in the caller's transaction: those that are one are merged, each is
/// computed anew from its reports, and each change is a version. The caller stages the answer as <see cref="IncidentsChanged"/>.
/// </summary>
internal static class IncidentUpdates
{
    /// <summary>The reports of so many are held at a time.</summary>
    private const int IncidentsAtOnce = 20;

    /// <param name="connection">The caller's, which has locked the reports that it changed.</param>
    /// <param name="incidents">Those whose reports changed.</param>
    /// <param name="links">Pairs that are one incident.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="cancellationToken">Ends the update.</param>
    public static async Task<List<Incident>> UpdateAsync(
        NpgsqlConnection connection, IEnumerable<Guid> incidents, IReadOnlyCollection<(Guid One, Guid Other)> links, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = incidents.Concat(links.SelectMany(link => new[] { link.One, link.Other })).ToHashSet();
        if (ids.Count == 0) return [];
        await ReportStatements.LockAsync(connection, [.. links.SelectMany(link => new[] { link.One, link.Other }).Distinct()], cancellationToken);
        var (locked, allLinks) = await LockAsync(connection, ids, links, cancellationToken);
        var heirs = Merging.Heirs(ids.Select(id => locked.TryGetValue(id, out var known)
            ? new Mergeable(id, known.State, known.CreatedAt, known.Pinned, !known.Corrected.IsNone)
            : new Mergeable(id, IncidentState.Open, null, false)), allLinks);
        await ReportStatements.MergeAsync(connection, heirs, cancellationToken);
        return await RecomputeAsync(connection, locked, ids, heirs, Words(locked), now, cancellationToken);
    }

    /// <summary>An analyst's merge: all reports of incidents, which are locked, move to another, which takes over what was said of them and not of itself.</summary>
    /// <param name="connection">The caller's.</param>
    /// <param name="incidents">Those that end.</param>
    /// <param name="into">The one that they live on in.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="cancellationToken">Ends the merging.</param>
    public static async Task<List<Incident>> MergeAsync(
        NpgsqlConnection connection, IReadOnlyList<Guid> incidents, Guid into, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var heirs = incidents.ToDictionary(id => id, _ => into);
        Guid[] ids = [.. incidents, into];
        await ReportStatements.MergeAsync(connection, heirs, cancellationToken);
        var locked = (await IncidentStatements.LockAsync(connection, ids, cancellationToken)).ToDictionary(incident => incident.Id);
        return await RecomputeAsync(connection, locked, ids, heirs, WordsAfter(locked, heirs), now, cancellationToken);
    }

    /// <summary>An analyst's split, or another move: reports move to an incident, which is made where there is none, and stay there.</summary>
    /// <param name="connection">The caller's.</param>
    /// <param name="reports">The reports; unknown ones are left out.</param>
    /// <param name="into">Their incident from now on. One that was emptied before opens again.</param>
    /// <param name="pin">Whether no merge of the machine may bring together what is now apart: a split.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="cancellationToken">Ends the moving.</param>
    /// <returns>All that changed; incidents whose last report moved are merged.</returns>
    public static async Task<List<Incident>> MoveAsync(
        NpgsqlConnection connection, Guid[] reports, Guid into, bool pin, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = (await ReportStatements.MoveAsync(connection, reports, into, cancellationToken)).Values.Where(id => id != into).ToHashSet();
        if (from.Count == 0) return [];
        var ids = from.Append(into).ToHashSet();
        if (pin) await ReportStatements.PinAsync(connection, [.. ids], cancellationToken);
        var locked = (await IncidentStatements.LockAsync(connection, [.. ids], cancellationToken)).ToDictionary(incident => incident.Id);
        var heirs = from.ToDictionary(id => id, _ => into);
        return await RecomputeAsync(connection, locked, ids, heirs, Words(locked), now, cancellationToken);
    }

    /// <summary>
    /// Locks the incidents, and those that others of them were merged into meanwhile, which are one with them; all of their ids are added
    /// to <paramref name="ids"/>.
    /// </summary>
    private static async Task<(Dictionary<Guid, LockedIncident> Locked, IReadOnlyCollection<(Guid, Guid)> Links)> LockAsync(
        NpgsqlConnection connection, HashSet<Guid> ids, IReadOnlyCollection<(Guid One, Guid Other)> links, CancellationToken cancellationToken)
    {
        var (locked, all) = (new Dictionary<Guid, LockedIncident>(), links.ToList());
        for (var missing = ids.ToArray(); missing.Length > 0; missing = [.. all.Select(link => link.Other).Where(ids.Add)])
        {
            foreach (var incident in await IncidentStatements.LockAsync(connection, missing, cancellationToken))
            {
                locked.Add(incident.Id, incident);
                if (incident is { State: IncidentState.Merged, MergedInto: { } heir }) all.Add((incident.Id, heir));
            }
        }
        return (locked, all);
    }

    private static async Task<List<Incident>> RecomputeAsync(
        NpgsqlConnection connection, Dictionary<Guid, LockedIncident> locked, IReadOnlyCollection<Guid> ids, IReadOnlyDictionary<Guid, Guid> heirs,
        Dictionary<Guid, AnalystsWord> words, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var retold = new Dictionary<Guid, Retold>(ids.Count);
        foreach (var some in ids.Chunk(IncidentsAtOnce))
        {
            var reports = await ReportStatements.OfIncidentsAsync(connection, some, cancellationToken);
            foreach (var id in some)
            {
                var before = heirs.Where(heir => heir.Value == id).Select(heir => heir.Key).Append(id).Select(locked.GetValueOrDefault).OfType<LockedIncident>();
                retold[id] = Retold.Of(id, [.. reports[id]], [.. before], now);
            }
        }
        var untold = await IncidentStatements.ReadAsync(
            connection, [.. words.Where(said => !said.Value.IsNone && retold.TryGetValue(said.Key, out var told) && told.Incident is null).Select(said => said.Key)], cancellationToken);
        var (changed, ended) = (new List<Incident>(), new List<(Guid, IncidentState, Guid?)>());
        foreach (var (id, told) in retold)
        {
            if (told.Incident is { } incident) changed.Add(words.GetValueOrDefault(id, AnalystsWord.None).Over(incident));
            else if (locked.TryGetValue(id, out var known))
            {
                var heir = told.HasReports ? null : heirs.TryGetValue(id, out var found) ? (Guid?)found : known.MergedInto;
                var state = heir is not null ? IncidentState.Merged : told.Stands ? IncidentState.Open : IncidentState.Withdrawn;
                // Reports from before they were kept tell nothing; an analyst's word changes what was made of them.
                if (heir is null && untold.TryGetValue(id, out var before)) changed.Add(words[id].Over(before with { State = state, UpdatedAt = now }));
                else ended.Add((id, state, heir));
            }
        }
        await CorrectionStatements.KeepWordsAsync(connection, [.. words.Where(said => said.Value != locked[said.Key].Corrected).Select(said => (said.Key, said.Value))], cancellationToken);
        var incidents = await IncidentStatements.EndAsync(connection, ended, now, cancellationToken);
        incidents.AddRange(await IncidentStatements.UpsertAsync(connection, changed, cancellationToken));
        return incidents;
    }

    /// <summary>What analysts said of incidents.</summary>
    private static Dictionary<Guid, AnalystsWord> Words(Dictionary<Guid, LockedIncident> locked) =>
        locked.ToDictionary(incident => incident.Key, incident => incident.Value.Corrected);

    /// <summary>The same once an analyst merged some of them.</summary>
    private static Dictionary<Guid, AnalystsWord> WordsAfter(Dictionary<Guid, LockedIncident> locked, Dictionary<Guid, Guid> ended)
    {
        var words = Words(locked);
        foreach (var (id, heir) in ended.OrderBy(pair => pair.Key))
            if (words.TryGetValue(id, out var word) && words.TryGetValue(heir, out var own)) words[heir] = own.Else(word);
        return words;
    }

    /// <summary>What reports tell, by whether they stand.</summary>
    public static (List<ToldReport> Standing, List<ToldReport> Others) Split(IEnumerable<KeptReport> reports)
    {
        var told = reports.Where(report => report.Told is not null).ToLookup(report => report.Stands, report => report.Told!);
        return ([.. told[true]], [.. told[false]]);
    }
}
