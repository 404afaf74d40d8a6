using Monitoring.Contracts;

namespace Monitoring.Classification.Stories;

/// <summary>
/// What a group of revisions changes in the record of reports: for each report its newest revision in the group, or only that another
/// cancelled it or took its place (<see cref="Newest"/> is <c>null</c>), ordered by id, so that two copies lock in the same order.
/// </summary>
internal sealed record LedgerEntry(Guid ReportId, Guid IncidentId, JudgedReport? Newest, Guid? CancelledBy, Guid? SupersededBy, JudgedReport Source)
{
    public int Revision => Newest?.Received.Revision ?? 0;

    /// <summary>Of each report of a group its newest revision.</summary>
    public static Dictionary<Guid, JudgedReport> NewestOf(IReadOnlyList<JudgedReport> reports)
    {
        var newest = new Dictionary<Guid, JudgedReport>(reports.Count);
        foreach (var report in reports)
            if (!newest.TryGetValue(report.Received.Id, out var known) || known.Received.Revision < report.Received.Revision) newest[report.Received.Id] = report;
        return newest;
    }

    /// <param name="reports">The group.</param>
    /// <param name="incidents">
    /// Of the reports of the group, and of those that its updates and cancellations speak of: the incidents that they have or join.
    /// </param>
    public static IReadOnlyList<LedgerEntry> Fold(IReadOnlyList<JudgedReport> reports, IReadOnlyDictionary<Guid, Guid> incidents)
    {
        var newest = NewestOf(reports);
        var entries = new Dictionary<Guid, LedgerEntry>(newest.Count);
        foreach (var (id, report) in newest)
        {
            var incident = entries.TryGetValue(id, out var entry) ? entry.IncidentId : IncidentOf(report);
            entries[id] = new(id, incident, report, entry?.CancelledBy, entry?.SupersededBy, report);
            foreach (var other in report.Others)
            {
                if (!entries.TryGetValue(other, out var spoken)) spoken = new(other, incidents.GetValueOrDefault(other, incident), null, null, null, report);
                entries[other] = report.Cancels ? spoken with { CancelledBy = id } : spoken with { SupersededBy = id };
            }
        }
        return [.. entries.Values.OrderBy(entry => entry.ReportId)];

        // An update or a cancellation belongs to what it speaks of, also where that is yet to come.
        Guid IncidentOf(JudgedReport report)
        {
            foreach (var other in report.Others)
            {
                if (entries.TryGetValue(other, out var entry)) return entry.IncidentId;
                if (incidents.TryGetValue(other, out var known)) return known;
            }
            return incidents.TryGetValue(report.Received.Id, out var joined) ? joined : Ids.Incident(report.Others.FirstOrDefault(report.Received.Id));
        }
    }
}
