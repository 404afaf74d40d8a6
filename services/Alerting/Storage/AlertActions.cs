using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Delivery;
using Monitoring.ServiceDefaults.Outbox;
using Monitoring.ServiceDefaults.Storage;
using Npgsql;

namespace Monitoring.Alerting.Storage;

/// <summary>Operators' actions: the alerts are locked, decided on, and written in one transaction.</summary>
internal sealed class AlertActions(NpgsqlDataSource dataSource, Outbox outbox, DeliveryWorker deliveries, TimeProvider time)
{
    /// <returns>What became of each alert that there is.</returns>
    public Task<IReadOnlyDictionary<Guid, ActionOutcome>> ApplyAsync(IReadOnlyCollection<Guid> ids, OperatorAction action, CancellationToken cancellationToken) =>
        TransientFaults.RepeatAtConflictAsync(() => TryApplyAsync(ids, action, cancellationToken));

    private async Task<IReadOnlyDictionary<Guid, ActionOutcome>> TryApplyAsync(IReadOnlyCollection<Guid> ids, OperatorAction action, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var kept = await AlertStatements.LockAsync(connection, ids, cancellationToken);
        var now = time.GetMoment();
        var outcomes = kept.ToDictionary(alert => alert.View.Id, alert => action.Apply(alert, now));
        var changes = outcomes.Values.OfType<ActionOutcome.Done>().Select(done => done.Change).ToList();
        if (changes.Count == 0) return outcomes;
        var written = await AlertChanges.WriteAsync(connection, changes, outbox, deliveries, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        written.Committed(outbox, deliveries);
        return outcomes;
    }
}
