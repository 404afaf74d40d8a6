using Microsoft.EntityFrameworkCore;
using Monitoring.Classification.Incidents;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Classification.Storage;

/// <summary>Reads incidents for the API.</summary>
internal sealed class IncidentQueries(ClassificationDb db)
{
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

    /// <summary>All versions, the current one first; <c>null</c> where there is no such incident.</summary>
    public async Task<IReadOnlyList<IncidentVersion>?> HistoryAsync(Guid id, CancellationToken cancellationToken)
    {
        var current = await db.Incidents.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (current is null) return null;
        var superseded = await db.IncidentVersions.AsNoTracking().Where(row => row.IncidentId == id && row.Version < current.Version)
            .OrderByDescending(row => row.Version).ToListAsync(cancellationToken);
        return IncidentVersion.Compare(
        [
            Version(current.Version, current.State, current.Title, current.Domains, current.Severity, current.Confidence, current.Countries, current.ReportCount, current.UpdatedAt),
            .. superseded.Select(row => Version(row.Version, row.State, row.Title, row.Domains, row.Severity, row.Confidence, row.Countries, row.ReportCount, row.UpdatedAt)),
        ]);
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
        var rows = await db.IncidentReports.AsNoTracking().Where(row => incidents.Contains(row.IncidentId) && row.Revision > 0)
            .OrderBy(row => row.ReceivedAt).ThenBy(row => row.ReportId).ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.IncidentId, row => row.ToReport());
    }

    private static IncidentVersion Version(
        int version, string state, string title, string[] domains, string severity, double confidence, string[] countries, int reportCount, DateTimeOffset updatedAt) =>
        new(version, Wire<IncidentState>.Parse(state), title, [.. domains.Select(Wire<Domain>.Parse)], Wire<Severity>.Parse(severity), confidence, countries, reportCount, updatedAt);
}
