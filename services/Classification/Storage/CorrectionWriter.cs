using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Monitoring.Classification.Corrections;
using Monitoring.Classification.Stories;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Outbox;
using Monitoring.ServiceDefaults.Storage;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>
/// Corrects incidents: reports and incidents are locked, decided on, and written in one transaction with the correction, its labelled
/// text and the message that tells of the new versions.
/// </summary>
internal sealed class CorrectionWriter(ClassificationDb db, Outbox outbox, TimeProvider time)
{
    public Task<CorrectionOutcome> CorrectAsync(CorrectionRequest request, CancellationToken cancellationToken) =>
        TransientFaults.RepeatAtConflictAsync(() => TryCorrectAsync(request, cancellationToken), IsConflict);

    /// <summary>Another transaction met this one, or did the same under the same key: repeated, it finds what was done.</summary>
    private static bool IsConflict(Exception exception) =>
        TransientFaults.IsConflict(exception) || exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "corrections" };

    private async Task<CorrectionOutcome> TryCorrectAsync(CorrectionRequest request, CancellationToken cancellationToken)
    {
        var (id, change) = (request.IncidentId, request.Change);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var reports = await CorrectionStatements.LockReportsAsync(connection, [.. change.Split ?? []], change.Split is null ? [.. change.MergeWith ?? []] : [id], cancellationToken);
        var locked = (await IncidentStatements.LockAsync(connection, [id, .. change.MergeWith ?? []], cancellationToken)).ToDictionary(incident => incident.Id);
        if (await db.Corrections.AsNoTracking().FirstOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is { } done) return await AgainAsync(request, done.ToCorrection(), cancellationToken);
        if (!locked.TryGetValue(id, out var known)) return new CorrectionOutcome.Missing();
        if (request.Version is { } seen && seen != known.Version) return new CorrectionOutcome.Stale(known.Version);
        if (known.State == IncidentState.Merged) return new CorrectionOutcome.Refused($"The incident was merged into {known.MergedInto}; correct that one.");
        if (await WrongMoveAsync(connection, request, locked, reports, cancellationToken) is { } wrong) return wrong;

        var now = time.GetUtcNow();
        var before = (await db.Incidents.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken)).ToIncident();
        await CorrectionStatements.KeepWordsAsync(connection, [(id, known.Corrected.After(change))], cancellationToken);
        var incidents = await ApplyAsync(connection, request, now, cancellationToken);
        var correction = new Correction
        {
            Id = request.Id,
            IncidentId = id,
            Version = incidents.Single(incident => incident.Id == id).Version,
            By = request.By,
            At = now,
            Reason = request.Reason,
            Change = change,
            Before = CorrectedState.Of(before),
            Incidents = [.. incidents.Select(incident => incident.Id)],
        };
        await KeepAsync(connection, correction, incidents, cancellationToken);
        await outbox.CommitAsync(connection, incidents, transaction.CommitAsync, cancellationToken);
        return new CorrectionOutcome.Done(new(correction, incidents));
    }

    /// <summary>The same request once more is answered as it was, with the incidents as they are by now.</summary>
    private async Task<CorrectionOutcome> AgainAsync(CorrectionRequest request, Correction done, CancellationToken cancellationToken)
    {
        if (done.Reason != request.Reason || ChangeText(done.Change) != ChangeText(request.Change)) return new CorrectionOutcome.KeyReused();
        var rows = await db.Incidents.AsNoTracking().Where(row => done.Incidents.Contains(row.Id)).ToListAsync(cancellationToken);
        return new CorrectionOutcome.Done(new(done, [.. rows.Select(row => row.ToIncident())]));
    }

    private static async Task<CorrectionOutcome.Invalid?> WrongMoveAsync(
        NpgsqlConnection connection, CorrectionRequest request, Dictionary<Guid, LockedIncident> locked, Dictionary<Guid, Guid> reports, CancellationToken cancellationToken)
    {
        foreach (var other in request.Change.MergeWith ?? [])
        {
            if (!locked.TryGetValue(other, out var incident)) return Wrong("mergeWith", $"there is no incident {other}");
            if (incident.State == IncidentState.Merged) return Wrong("mergeWith", $"{other} was merged into {incident.MergedInto}; name that one");
        }
        if (request.Change.Split is not { } split) return null;
        foreach (var report in split)
            if (reports.GetValueOrDefault(report) != request.IncidentId) return Wrong("split", $"the incident has no report {report}");
        if (await ReportStatements.UntoldAsync(connection, [.. split], cancellationToken) is [var untold, ..]) return Wrong("split", $"report {untold} was received before an update of the service, and what it told was not kept: it cannot be split off");
        return await CorrectionStatements.CountReportsAsync(connection, request.IncidentId, cancellationToken) > split.Count ? null : Wrong("split", "at least one report must stay: these are all that the incident has");

        static CorrectionOutcome.Invalid Wrong(string field, string reason) => new(new Dictionary<string, string[]> { [field] = [reason] });
    }

    private static async Task<List<Incident>> ApplyAsync(
        NpgsqlConnection connection, CorrectionRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = request.IncidentId;
        if (request.Change.MergeWith is { } merged) return await IncidentUpdates.MergeAsync(connection, merged, id, now, cancellationToken);
        if (request.Change.Split is not { } split) return await IncidentUpdates.UpdateAsync(connection, [id], [], now, cancellationToken);
        var own = split.Select(Ids.Incident).Where(incident => incident != id).ToArray();
        var taken = await CorrectionStatements.TakenAsync(connection, own, cancellationToken);
        // A report that began an incident of its own once goes back to it; where all of their ids are taken, the correction gives one.
        var into = own.Except(taken).DefaultIfEmpty(Ids.Incident(request.Id)).First();
        return await IncidentUpdates.MoveAsync(connection, [.. split], into, pin: true, now, cancellationToken);
    }

    /// <summary>The labelled text is that of the report that leads the incident, and its label what analysts said, and let stand, of it.</summary>
    private static async Task KeepAsync(NpgsqlConnection connection, Correction correction, List<Incident> incidents, CancellationToken cancellationToken)
    {
        var incident = incidents.Single(one => one.Id == correction.IncidentId);
        var (standing, others) = IncidentUpdates.Split((await ReportStatements.OfIncidentsAsync(connection, [incident.Id], cancellationToken))[incident.Id]);
        var lead = IncidentMaker.LeadOf(standing, others);
        var word = (await IncidentStatements.LockAsync(connection, [incident.Id], cancellationToken)).Single().Corrected;
        var row = new CorrectionRow
        {
            Id = correction.Id,
            IncidentId = incident.Id,
            Version = correction.Version,
            CreatedAt = correction.At,
            CreatedBy = correction.By,
            Reason = correction.Reason,
            Change = ChangeText(correction.Change),
            Before = JsonSerializer.Serialize(correction.Before, CorrectionJson.Default.CorrectedState),
            Incidents = [.. correction.Incidents],
            ReportId = lead?.Id ?? incident.Id,
            Title = lead is null ? incident.Title : lead.Title ?? "",
            Text = lead is null ? incident.Summary : lead.Text,
            Language = lead?.Language ?? incident.Language,
            PublishedAt = lead?.PublishedAt ?? incident.FirstReportedAt,
            Label = word.IsNone ? null : JsonSerializer.Serialize(word with { Domains = incident.Domains }, CorrectionJson.Default.AnalystsWord),
        };
        await CorrectionStatements.KeepAsync(connection, row, [.. incidents.Select(one => (one.Id, one.Version))], cancellationToken);
    }

    private static string ChangeText(CorrectionChange change) => JsonSerializer.Serialize(change, CorrectionJson.Default.CorrectionChange);
}
