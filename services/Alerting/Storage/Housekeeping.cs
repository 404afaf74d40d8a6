using Microsoft.Extensions.Options;
using Monitoring.ServiceDefaults.Storage;
using Npgsql;

namespace Monitoring.Alerting.Storage;

/// <summary>How long things are kept, in days: <c>Retention:Alerts</c> and <c>Retention:Deliveries</c>.</summary>
internal sealed class RetentionOptions
{
    /// <summary>After a resolved alert's last change.</summary>
    public int Alerts { get; set; } = 400;
    /// <summary>After a delivery was delivered.</summary>
    public int Deliveries { get; set; } = 30;
}

/// <summary>Gives up deliveries that nobody attempts any more.</summary>
internal sealed class DeliveryBurial(DeliveryStore store, DatabaseReady ready, TimeProvider time, ILogger<DeliveryBurial> logger)
    : RepeatingWork(ready, time, TimeSpan.FromMinutes(1), logger)
{
    protected override Task RunOnceAsync(CancellationToken cancellationToken) => store.BuryExpiredAsync(cancellationToken);
}

/// <summary>Deletes what is older than the retention, in portions, so that no lock is held for long.</summary>
internal sealed class AlertRetention(
    NpgsqlDataSource dataSource, IOptions<RetentionOptions> options, DatabaseReady ready, TimeProvider time, ILogger<AlertRetention> logger)
    : RepeatingWork(ready, time, TimeSpan.FromHours(1), logger)
{
    private const int Portion = 1_000;

    private const string DeleteAlerts = """
        with old as (select id from alerts where state = 'resolved' and updated_at < $1 order by updated_at limit $2 for update skip locked),
             events as (delete from alert_events where alert_id in (select id from old)),
             sent as (delete from deliveries where alert_id in (select id from old))
        delete from alerts where id in (select id from old)
        """;

    // A version whose alert is still there is still needed.
    private const string DeleteVersions = """
        delete from incident_versions where incident_id in (
            select incident_id from incident_versions seen where updated_at < $1 and not exists (select from alerts where alerts.incident_id = seen.incident_id)
            limit $2 for update skip locked)
        """;

    private const string DeleteDeliveries = """
        delete from deliveries where id in (select id from deliveries where state = 'delivered' and created_at < $1 and updated_at < $1 limit $2 for update skip locked)
        """;

    private readonly TimeProvider time = time;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await DeleteAsync(DeleteAlerts, options.Value.Alerts, cancellationToken);
        await DeleteAsync(DeleteVersions, options.Value.Alerts, cancellationToken);
        await DeleteAsync(DeleteDeliveries, options.Value.Deliveries, cancellationToken);
    }

    private async Task DeleteAsync(string sql, int days, CancellationToken cancellationToken)
    {
        int deleted;
        do
        {
            await using var command = dataSource.CreateCommand(sql);
            command.Parameters.Add(new() { Value = time.GetUtcNow().AddDays(-days) });
            command.Parameters.Add(new() { Value = Portion });
            deleted = await command.ExecuteNonQueryAsync(cancellationToken);
        }
        while (deleted >= Portion);
    }
}
