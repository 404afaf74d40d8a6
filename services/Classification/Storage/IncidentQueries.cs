using Microsoft.EntityFrameworkCore;
using Monitoring.Classification.Incidents;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Classification.Storage;

/// <summary>Reads incidents for the API.</summary>
internal sealed class IncidentQueries(ClassificationDb db)
{
    /// <summary>So many reports of an incident are shown, the latest.</summary>
    private const int ReportsAtMost = 200;
    /// <summary>So many versions of an incident are listed, the latest.</summary>
    private const int VersionsAtMost = 500;

    public async Task<Page<Incident>> ListAsync(IncidentFilter filter, Paging paging, CancellationToken cancellationToken)
    {
        var rows = await Filtered(filter, paging.After).OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Take(paging.Limit + 1).ToListAsync(cancellationToken);
        var reports = filter.IncludeReports ? await ReportsAsync([.. rows.Select(row => row.Id)], cancellationToken) : null;
        var page = paging.Page(rows, row => new Cursor(row.CreatedAt, row.Id));
        return new([.. page.Items.Select(row => row.ToIncident(reports is null ? null : [.. reports[row.Id]]))], page.Next);
    }

    public async Task<Incident?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var row = await db.Incidents.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        return row?.ToIncident([.. (await ReportsAsync([id], cancellationToken))[id]]);
    }

    /// <summary>The latest versions, the current one first; <c>null</c> where there is no such incident.</summary>
    public async Task<IReadOnlyList<IncidentVersion>?> HistoryAsync(Guid id, CancellationToken cancellationToken)
    {
        var current = await db.Incidents.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (current is null) return null;
        var superseded = await db.IncidentVersions.AsNoTracking().Where(row => row.IncidentId == id && row.Version < current.Version)
            .OrderByDescending(row => row.Version).Take(VersionsAtMost).ToListAsync(cancellationToken);
        var corrections = await (from version in db.CorrectedVersions
                                 where version.IncidentId == id && version.Version > current.Version - VersionsAtMost
                                 join correction in db.Corrections on version.CorrectionId equals correction.Id
                                 select new { version.Version, Correction = new VersionCorrection(correction.Id, correction.CreatedBy, correction.Reason) })
            .ToDictionaryAsync(made => made.Version, made => made.Correction, cancellationToken);
        IReadOnlyList<IncidentVersion> versions =
        [
            Version(current.Version, current.State, current.Title, current.Domains, current.Severity, current.Confidence, current.Countries, current.Credibility, current.ReportCount, current.UpdatedAt),
            .. superseded.Select(row => Version(row.Version, row.State, row.Title, row.Domains, row.Severity, row.Confidence, row.Countries, row.Credibility, row.ReportCount, row.UpdatedAt)),
        ];
        // One more was read, to tell what changed in the last that is listed.
        return [.. IncidentVersion.Compare([.. versions.Select(version => version with { Correction = corrections.GetValueOrDefault(version.Version) })]).Take(VersionsAtMost)];
    }

    private IQueryable<IncidentRow> Filtered(IncidentFilter filter, Cursor? after)
    {
        var rows = db.Incidents.AsNoTracking();
        if (after is not null) rows = rows.Where(row => row.CreatedAt < after.At || (row.CreatedAt == after.At && row.Id < after.Id));
        if (filter.Domains is { } domains) rows = rows.Where(row => row.Domains.Any(domain => domains.Contains(domain)));
        if (filter.Severities is { } severities) rows = rows.Where(row => severities.Contains(row.Severity));
        if (filter.Countries is { } countries) rows = rows.Where(row => row.Countries.Any(country => countries.Contains(country)));
        if (filter.Alliances is { } alliances) rows = rows.Where(row => row.Alliances.Any(alliance => alliances.Contains(alliance)));
        if (filter.States is { } states) rows = rows.Where(row => states.Contains(row.State));
        if (filter.From is { } from) rows = rows.Where(row => row.FirstReportedAt >= from);
        if (filter.To is { } to) rows = rows.Where(row => row.FirstReportedAt < to);
        if (filter.UpdatedAfter is { } updatedAfter) rows = rows.Where(row => row.UpdatedAt > updatedAfter);
        if (filter.ReportId is { } reportId)
            rows = rows.Where(row => db.IncidentReports.Any(report => report.ReportId == reportId && report.IncidentId == row.Id && report.Revision > 0));
        if (filter.Text is { } text)
        {
            var pattern = $"%{text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
            rows = rows.Where(row => EF.Functions.ILike(row.Title, pattern) || EF.Functions.ILike(row.Summary, pattern));
        }
        return rows;
    }

    private async Task<ILookup<Guid, IncidentReport>> ReportsAsync(Guid[] incidents, CancellationToken cancellationToken)
    {
        var rows = await db.Incidents.Where(incident => incidents.Contains(incident.Id))
            .SelectMany(incident => db.IncidentReports.Where(row => row.IncidentId == incident.Id && row.Revision > 0).OrderByDescending(row => row.ReceivedAt).Take(ReportsAtMost))
            .Select(row => new { row.IncidentId, row.ReportId, row.Feed, row.ExternalId, row.Revision, row.Action, row.Url, row.ReceivedAt }).ToListAsync(cancellationToken);
        return rows.OrderBy(row => row.ReceivedAt).ThenBy(row => row.ReportId).ToLookup(
            row => row.IncidentId, row => new IncidentReport(row.ReportId, row.Feed, row.ExternalId, row.Revision, Wire<ReportAction>.Parse(row.Action), row.Url, row.ReceivedAt));
    }

    private static IncidentVersion Version(
        int version, string state, string title, string[] domains, string severity, double confidence, string[] countries, int credibility, int reportCount, DateTimeOffset updatedAt) =>
        new(version, Wire<IncidentState>.Parse(state), title, [.. domains.Select(Wire<Domain>.Parse)], Wire<Severity>.Parse(severity), confidence, countries, credibility, reportCount, updatedAt);
}
