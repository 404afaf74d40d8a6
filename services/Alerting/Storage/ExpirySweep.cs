using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Delivery;
using Monitoring.ServiceDefaults.Outbox;
using Monitoring.ServiceDefaults.Storage;
using Npgsql;

namespace Monitoring.Alerting.Storage;

/// <summary>
/// Resolves the alerts whose time has passed while nothing new was heard of their incident, in portions of one transaction each, which
/// the copies of the service share.
/// </summary>
internal sealed partial class ExpirySweep(
    NpgsqlDataSource dataSource, Outbox outbox, DeliveryWorker deliveries, DatabaseReady ready, TimeProvider time, ILogger<ExpirySweep> logger)
    : RepeatingWork(ready, time, TimeSpan.FromSeconds(5), logger)
{
    private const int Portion = 500;

    private readonly TimeProvider time = time;
    private readonly ILogger logger = logger;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        while (await ResolveAsync(cancellationToken) == Portion)
        {
            // A full portion: there may be more.
        }
    }

    private async Task<int> ResolveAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = time.GetMoment();
        var expired = await AlertStatements.LockExpiredAsync(connection, now, Portion, cancellationToken);
        if (expired.Count == 0) return 0;
        var written = await AlertChanges.WriteAsync(connection, expired.ConvertAll(alert => Evaluation.Expire(alert, now)), outbox, deliveries, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        written.Committed(outbox, deliveries);
        LogExpired(expired.Count);
        return expired.Count;
    }

    [LoggerMessage(LogLevel.Information, "Resolved {Alerts} alerts whose time was over")]
    private partial void LogExpired(int alerts);
}
