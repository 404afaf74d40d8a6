using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Rejudging;
using Monitoring.Classification.Stories;
using Monitoring.ServiceDefaults.Outbox;
using Monitoring.ServiceDefaults.Storage;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>Judges the reports of stored incidents again, a group of incidents at a time that have a bounded number of reports.</summary>
internal sealed class RejudgeStore(ClassificationDb db, Outbox outbox, TimeProvider time)
{
    private const int Group = 200;
    private const int ReportsAtMost = 2_000;

    /// <summary>What would become of the next incidents; nothing changes.</summary>
    public async Task<RejudgedGroup> LookAsync(Model model, RejudgePeriod period, RejudgePlace? after, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (ids, last) = await NextAsync(period, after, cancellationToken);
        return (await JudgeAsync(model, ids, last, cancellationToken)).Group;
    }

    /// <summary>
    /// Changes the next incidents, in one transaction with the message that tells of them: what another model says of the reports is kept
    /// with them, and where it makes a difference to an incident, that is a version. Done once more, it changes nothing.
    /// </summary>
    public Task<RejudgedGroup> ApplyAsync(Model model, RejudgePeriod period, RejudgePlace? after, CancellationToken cancellationToken) =>
        TransientFaults.RepeatAtConflictAsync(() => TryApplyAsync(model, period, after, cancellationToken));

    private async Task<RejudgedGroup> TryApplyAsync(Model model, RejudgePeriod period, RejudgePlace? after, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var (ids, last) = await NextAsync(period, after, cancellationToken);
        // A revision or a correction that arrives meanwhile is not to be overwritten by what was made of the one before it: read is what is locked.
        await LockAsync(connection, ids, cancellationToken);
        var (group, told) = await JudgeAsync(model, ids, last, cancellationToken);
        var changed = group.Incidents.Where(incident => incident.Changes).Select(incident => incident.Before.Id).ToList();
        if (told.Count == 0 && changed.Count == 0) return group;
        await KeepVerdictsAsync(connection, told, cancellationToken);
        var incidents = await IncidentUpdates.UpdateAsync(connection, changed, [], time.GetUtcNow(), cancellationToken);
        await outbox.CommitAsync(connection, incidents, transaction.CommitAsync, cancellationToken);
        return group;
    }

    private async Task<(Guid[] Ids, RejudgePlace? Last)> NextAsync(RejudgePeriod period, RejudgePlace? after, CancellationToken cancellationToken)
    {
        var rows = db.Incidents.AsNoTracking().Where(row => row.FirstReportedAt >= period.From && row.FirstReportedAt < period.To && row.State != "merged");
        if (after is not null) rows = rows.Where(row => row.FirstReportedAt > after.At || (row.FirstReportedAt == after.At && row.Id > after.Id));
        var next = await rows.OrderBy(row => row.FirstReportedAt).ThenBy(row => row.Id).Take(Group)
            .Select(row => new { row.Id, row.FirstReportedAt, row.ReportCount }).ToListAsync(cancellationToken);
        var (count, reports) = (0, 0);
        while (count < next.Count && reports < ReportsAtMost) reports += Math.Min(next[count++].ReportCount, ReportStatements.TellingAtMost);
        var isLast = count == next.Count && count < Group;
        return ([.. next.Take(count).Select(incident => incident.Id)], isLast ? null : new RejudgePlace(next[count - 1].FirstReportedAt, next[count - 1].Id));
    }

    /// <summary>
    /// Locks the reports that are judged again, then their incidents, each in the order of their ids as everybody does. Most incidents stay
    /// as they are, so no version goes into the history yet.
    /// </summary>
    private static async Task LockAsync(NpgsqlConnection connection, Guid[] incidents, CancellationToken cancellationToken)
    {
        await ReportStatements.LockTellingAsync(connection, incidents, cancellationToken);
        await using var command = new NpgsqlCommand("select from incidents where id = any($1) order by id for update", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<(RejudgedGroup Group, List<ToldReport> Told)> JudgeAsync(Model model, Guid[] ids, RejudgePlace? last, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var rows = await db.Incidents.AsNoTracking().Where(row => ids.Contains(row.Id) && row.State != "merged").OrderBy(row => row.FirstReportedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var reports = await ReportStatements.OfIncidentsAsync(connection, ids, cancellationToken);
        var (incidents, judged, already) = (new List<Rejudged>(), new List<ToldReport>(), 0);
        foreach (var row in rows)
        {
            var (before, word) = (row.ToIncident(), IncidentMapping.WordOf(row.Corrected));
            var again = reports[row.Id].Select(report => report with { Told = JudgeAgain(report.Told) }).ToList();
            var (standing, others) = IncidentUpdates.Split(again);
            // A report from before reports were kept tells nothing that could be judged again.
            if (standing.Count + others.Count > 0) incidents.Add(new(before, word.Over(IncidentMaker.Make(row.Id, standing, others, before.UpdatedAt))));
        }
        return (new(incidents, judged.Count, already, last), judged);

        ToldReport? JudgeAgain(ToldReport? told)
        {
            if (told is null) return null;
            if (told.Verdict.Model == model.Version)
            {
                already++;
                return told;
            }
            judged.Add(told with { Verdict = Judgement.Judge(told.ToReport(), model) });
            return judged[^1];
        }
    }

    private static async Task KeepVerdictsAsync(NpgsqlConnection connection, List<ToldReport> told, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "update incident_reports known set told = new.told::json from unnest($1, $2) as new (id, told) where known.report_id = new.id", connection);
        command.AddColumn(told, report => report.Id);
        command.AddColumn(told, report => JsonSerializer.Serialize(report, IncidentJson.Default.ToldReport));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
