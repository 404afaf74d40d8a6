using Microsoft.EntityFrameworkCore;
using Monitoring.Alerting.Alerts;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Alerting.Storage;

/// <summary>What is asked of the alerts.</summary>
internal sealed class AlertQueries(AlertingDb db)
{
    private const string Resolved = "resolved";

    private sealed record Count(string Kind, string Name, long Number);

    /// <summary>Newest first; where changes are followed, oldest change first, so that the next page begins where this one ends.</summary>
    public async Task<Page<Alert>> ListAsync(AlertFilter filter, Paging paging, CancellationToken cancellationToken)
    {
        var rows = Filtered(filter);
        var follows = filter.UpdatedAfter is not null;
        if (paging.After is { } after)
        {
            rows = follows
                ? rows.Where(row => row.UpdatedAt > after.At || (row.UpdatedAt == after.At && row.Id > after.Id))
                : rows.Where(row => row.CreatedAt < after.At || (row.CreatedAt == after.At && row.Id < after.Id));
        }
        rows = follows
            ? rows.OrderBy(row => row.UpdatedAt).ThenBy(row => row.Id)
            : rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id);
        var read = await rows.Take(paging.Limit + 1).ToListAsync(cancellationToken);
        var page = paging.Page(read, row => new Cursor(follows ? row.UpdatedAt : row.CreatedAt, row.Id));
        return new([.. page.Items.Select(row => row.ToAlert())], page.Next);
    }

    /// <summary>An alert with its history and deliveries.</summary>
    public async Task<Alert?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        // One moment for the three of them.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var row = await db.Alerts.AsNoTracking().FirstOrDefaultAsync(alert => alert.Id == id, cancellationToken);
        if (row is null) return null;
        var events = await db.AlertEvents.AsNoTracking().Where(entry => entry.AlertId == id).OrderBy(entry => entry.Version).ToListAsync(cancellationToken);
        var deliveries = await db.Deliveries.AsNoTracking().Where(delivery => delivery.AlertId == id)
            .OrderBy(delivery => delivery.CreatedAt).ThenBy(delivery => delivery.Id).ToListAsync(cancellationToken);
        return row.ToAlert() with
        {
            History = [.. events.Select(entry => entry.ToEvent())],
            Deliveries = [.. deliveries.Select(delivery => delivery.ToDelivery())],
        };
    }

    public async Task<AlertSummary> SummarizeAsync(CancellationToken cancellationToken)
    {
        var counts = await db.Database.SqlQuery<Count>($"""
            with open as materialized (select state, severity, domains from alerts where state <> 'resolved')
            select 'state' as kind, state as name, count(*) as number from open group by state
            union all select 'severity', severity, count(*) from open group by severity
            union all select 'domain', domain, count(*) from open, unnest(domains) as domain group by domain
            """).ToListAsync(cancellationToken);
        var states = Counts<AlertState>("state");
        states.Remove(AlertState.Resolved);
        return new(states.Values.Sum(), states, Counts<Severity>("severity"), Counts<Domain>("domain"));

        Dictionary<T, long> Counts<T>(string kind) where T : struct, Enum
        {
            var found = counts.Where(count => count.Kind == kind).ToDictionary(count => Wire<T>.Parse(count.Name), count => count.Number);
            return Enum.GetValues<T>().ToDictionary(value => value, value => found.GetValueOrDefault(value));
        }
    }

    private IQueryable<AlertRow> Filtered(AlertFilter filter)
    {
        var rows = db.Alerts.AsNoTracking();
        if (filter.States is { } states)
        {
            rows = rows.Where(row => states.Contains(row.State));
            // Says it in the words of the index of open alerts.
            if (!states.Contains(Resolved)) rows = rows.Where(row => row.State != Resolved);
        }
        if (filter.Severities is { } severities) rows = rows.Where(row => severities.Contains(row.Severity));
        if (filter.Domains is { } domains) rows = rows.Where(row => row.Domains.Any(domain => domains.Contains(domain)));
        if (filter.Countries is { } countries) rows = rows.Where(row => row.Countries.Any(country => countries.Contains(country)));
        if (filter.Alliances is { } alliances) rows = rows.Where(row => row.Alliances.Any(alliance => alliances.Contains(alliance)));
        if (filter.RuleIds is { } ids && filter.RuleNames is { } names) rows = rows.Where(row => ids.Contains(row.RuleId) || names.Contains(row.RuleName));
        if (filter.IncidentIds is { } incidents) rows = rows.Where(row => incidents.Contains(row.IncidentId));
        if (filter.Ids is { } alerts) rows = rows.Where(row => alerts.Contains(row.Id));
        if (filter.Assignees is { } assignees) rows = rows.Where(row => assignees.Contains(row.Assignee));
        if (filter.From is { } from) rows = rows.Where(row => row.FirstReportedAt >= from);
        if (filter.To is { } to) rows = rows.Where(row => row.FirstReportedAt < to);
        if (filter.UpdatedAfter is { } updatedAfter) rows = rows.Where(row => row.UpdatedAt > updatedAfter);
        if (filter.Text is { } text)
        {
            var pattern = $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            rows = rows.Where(row => EF.Functions.ILike(row.Title, pattern) || EF.Functions.ILike(row.Summary, pattern));
        }
        return rows;
    }
}
