using Monitoring.Classification.Stories;
using Monitoring.Contracts;

namespace Monitoring.Classification.Storage;

/// <summary>What an incident is by its reports.</summary>
/// <param name="Incident">It, told anew; <c>null</c> where its content stays as it was last told.</param>
/// <param name="HasReports">Whether it has any.</param>
/// <param name="Stands">Whether one of them stands.</param>
internal sealed record Retold(Incident? Incident, bool HasReports, bool Stands)
{
    /// <param name="id">The incident.</param>
    /// <param name="reports">Its reports, as far as they are read.</param>
    /// <param name="before">What it was, and what those were that were merged into it.</param>
    /// <param name="now">The time of the change.</param>
    public static Retold Of(Guid id, IReadOnlyList<KeptReport> reports, IReadOnlyCollection<LockedIncident> before, DateTimeOffset now)
    {
        var stands = reports.Any(report => report.Stands);
        var (standing, others) = IncidentUpdates.Split(reports);
        // What stands is not told anew by what does not.
        if (standing.Count == 0 && (stands || others.Count == 0)) return new(null, reports.Count > 0, stands);
        var incident = IncidentMaker.Make(id, standing, others, now);
        var isPart = reports.Count == ReportStatements.TellingAtMost || reports.Any(report => report.IsUntold);
        return new(isPart ? before.Aggregate(incident, Continue) : incident, true, stands);
    }

    /// <summary>Of an incident with reports that are not read, or no longer known, what they said of its marking and of its beginning stays.</summary>
    private static Incident Continue(Incident incident, LockedIncident before) => incident with
    {
        Marking = Markings.Strictest(incident.Marking, before.Marking),
        FirstReportedAt = before.FirstReportedAt < incident.FirstReportedAt ? before.FirstReportedAt : incident.FirstReportedAt,
    };
}
