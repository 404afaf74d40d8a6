using Monitoring.Contracts;

namespace Monitoring.Classification.Stories;

/// <summary>
/// What a group of revisions changes in the record of reports: for each report its newest revision in the group, or only that it was
/// cancelled (<see cref="Newest"/> is <c>null</c>), ordered by id, so that two copies lock in the same order.
/// </summary>
internal sealed record LedgerEntry(Guid ReportId, Guid IncidentId, JudgedReport? Newest, Guid? CancelledBy, JudgedReport Source)
{
    public int Revision => Newest?.Received.Revision ?? 0;

    public static IReadOnlyList<LedgerEntry> Fold(IReadOnlyList<JudgedReport> reports)
    {
        var entries = new Dictionary<Guid, LedgerEntry>(reports.Count);
        foreach (var report in reports)
        {
            entries.TryGetValue(report.Received.Id, out var known);
            if (known is not null && known.Revision >= report.Received.Revision) continue;
            entries[report.Received.Id] = new(report.Received.Id, report.IncidentId, report, known?.CancelledBy, report);
        }
        foreach (var report in entries.Values.Select(entry => entry.Newest!).ToList())
        {
            foreach (var cancelled in report.Cancels)
            {
                entries[cancelled] = entries.TryGetValue(cancelled, out var entry)
                    ? entry with { CancelledBy = report.Received.Id }
                    : new(cancelled, Ids.Incident(cancelled), null, report.Received.Id, report);
            }
        }
        return [.. entries.Values.OrderBy(entry => entry.ReportId)];
    }
}
