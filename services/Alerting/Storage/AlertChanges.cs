using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Delivery;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Outbox;
using Npgsql;

namespace Monitoring.Alerting.Storage;

/// <summary>
/// Changes of alerts, written in the transaction that decided on them: rows, history, deliveries, and one message. The deliveries are
/// claimed by this copy from the start, and handed over in memory after the commit; when the copy dies, their claim runs out.
/// </summary>
internal sealed class AlertChanges
{
    private readonly StagedMessage staged;
    private readonly IReadOnlyList<ClaimedDelivery> claimed;

    private AlertChanges(StagedMessage staged, IReadOnlyList<ClaimedDelivery> claimed) => (this.staged, this.claimed) = (staged, claimed);

    public static async Task<AlertChanges> WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<AlertChange> changes, Outbox outbox, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var claimed = changes.SelectMany(change => change.Notify.Distinct().Select(channel => ClaimedDelivery.Of(change, channel, now))).ToList();
        await using var batch = new NpgsqlBatch(connection);
        AlertStatements.StageChanges(batch, changes, claimed, now);
        var staged = outbox.Stage(batch, new AlertsChanged { Alerts = [.. changes.Select(change => change.After.View)] });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return new(staged, claimed);
    }

    /// <summary>Call after the commit.</summary>
    public void Committed(Outbox outbox, DeliveryWorker deliveries)
    {
        outbox.Committed(staged);
        deliveries.Offer(claimed);
    }
}
