using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Intake;
using Monitoring.Ingestion.Quarantine;
using Monitoring.ServiceDefaults.Bulk;
using Monitoring.ServiceDefaults.Outbox;
using Monitoring.ServiceDefaults.Telemetry;
using Npgsql;

namespace Monitoring.Ingestion.Storage;

/// <summary>
/// Writes a group of items in one transaction: reports, revisions, claims of idempotent posts, and one outbox row that carries them all.
/// A group of new reports takes three round trips, one of reports sent again unchanged only reads.
/// </summary>
internal sealed class IntakeWriter(NpgsqlDataSource dataSource, Outbox outbox, QuarantineStore quarantine) : IGroupWriter<IntakeItem, IntakeResult>
{
    /// <summary>What an item takes beside its bytes.</summary>
    private const int Overhead = 512;

    public bool WaitsForServer => false;

    public int Weigh(IntakeItem item) => item.Raw.Length + Overhead;

    public async Task<IReadOnlyList<IntakeResult>> WriteAsync(IReadOnlyList<IntakeItem> items, CancellationToken cancellationToken)
    {
        using var activity = Trace.Group("commit reports", items.Select(item => item.TraceId));
        while (true)
        {
            if (await TryWriteAsync(items, cancellationToken) is { } results) return results;
        }
    }

    public async Task<IntakeResult> RefuseAsync(IntakeItem item, Exception reason, CancellationToken cancellationToken)
    {
        var problem = new FormatProblem("", "an item that the database takes", reason.Message);
        await quarantine.KeepAsync([QuarantinedItem.Of(item, problem)], cancellationToken);
        return new IntakeResult(IntakeOutcome.Refused, 0);
    }

    /// <returns><c>null</c> when another transaction did the same in the meantime: then what it did is to be looked at first.</returns>
    private async Task<IntakeResult[]?> TryWriteAsync(IReadOnlyList<IntakeItem> items, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var keyed = items.Select(ClaimId.Of).OfType<ClaimId>().Distinct().ToList();
        var claims = new Claims(items, keyed.Count == 0 ? [] : await IdempotencySql.FindAsync(connection, keyed, cancellationToken));

        var plan = GroupPlan.Make(claims.Open, new Dictionary<Guid, Head>());
        var inserted = await ReportSql.InsertNewAsync(connection, plan.Newest.Values, cancellationToken);
        var existing = plan.Newest.Keys.Where(id => !inserted.Contains(id)).ToArray();
        if (existing.Length > 0)
        {
            // Most of what is there already is sent again unchanged, as snapshots do: that needs no lock, and so writes nothing.
            var heads = await ReportSql.ReadHeadsAsync(connection, existing, isLocking: false, cancellationToken);
            var changing = GroupPlan.Changing(claims.Open, existing, heads);
            if (changing.Length > 0)
            {
                var locked = await ReportSql.ReadHeadsAsync(connection, changing, isLocking: true, cancellationToken);
                // Retention took one of them away between the statements.
                if (locked.Count < changing.Length) return null;
                foreach (var (id, head) in locked) heads[id] = head;
            }
            plan = GroupPlan.Make(claims.Open, heads);
        }

        var staged = default(StagedMessage);
        await using var batch = new NpgsqlBatch(connection);
        if (plan.Revisions.Count > 0)
        {
            var changed = plan.Newest.Values.Where(revision => !inserted.Contains(revision.Item.Id)).ToList();
            if (changed.Count > 0) batch.BatchCommands.Add(ReportSql.Update(changed));
            batch.BatchCommands.Add(ReportSql.InsertRevisions(plan.Revisions));
            staged = outbox.Stage(batch, new ReportsReceived { Reports = plan.Revisions.ConvertAll(revision => revision.Received) });
        }
        if (keyed.Count > 0) batch.BatchCommands.Add(IdempotencySql.InsertClaims(claims.Open, plan.Results));
        if (batch.BatchCommands.Count > 0)
        {
            await batch.PrepareAsync(cancellationToken);
            try
            {
                await batch.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (PostgresException conflict) when (conflict is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: IdempotencySql.ClaimsTable })
            {
                return null;
            }
        }
        await transaction.CommitAsync(cancellationToken);
        if (staged is not null) outbox.Committed(staged);
        IntakeMetrics.Committed(items.Count, plan);
        return claims.Complete(plan.Results);
    }
}
