using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Delivery;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Outbox;
using Npgsql;

namespace Monitoring.Alerting.Storage;

/// <summary>
/// Changes of alerts, written in the transaction that decided on them: rows, history, deliveries, and one message. Deliveries that this
/// copy can begin with are claimed from the start, and handed over in memory after the commit; when the copy dies, their claim runs out.
/// </summary>
internal sealed class AlertChanges
{
    private readonly StagedMessage staged;
    private readonly IReadOnlyList<PendingDelivery> pending;

    private AlertChanges(StagedMessage staged, IReadOnlyList<PendingDelivery> pending) => (this.staged, this.pending) = (staged, pending);

    public static async Task<AlertChanges> WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<AlertChange> changes, Outbox outbox, DeliveryWorker deliveries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var takers = changes.SelectMany(change => change.Notify).Distinct().Where(deliveries.TakesNew).ToHashSet();
        var pending = changes.SelectMany(change => change.Notify.Distinct().Select(channel => PendingDelivery.Of(change, channel, now, takers.Contains(channel)))).ToList();
        await using var batch = new NpgsqlBatch(connection);
        AlertStatements.StageChanges(batch, changes, pending, now);
        var staged = outbox.Stage(batch, new AlertsChanged { Alerts = [.. changes.Select(change => change.After.View)] });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return new(staged, pending);
    }

    /// <summary>Call after the commit.</summary>
    public void Committed(Outbox outbox, DeliveryWorker deliveries)
    {
        outbox.Committed(staged);
        deliveries.Offer(pending);
    }
}
