using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Bus;
using Monitoring.ServiceDefaults.Storage;
using Monitoring.ServiceDefaults.Telemetry;
using Npgsql;

namespace Monitoring.ServiceDefaults.Outbox;

/// <summary>
/// Publishes outbox rows with publisher confirms, then deletes them: at least once, in no particular order (messages carry versions).
/// Follows the hints of this process; rows that nobody hinted at, or whose copy died, are found in the table, shared between copies by
/// <c>FOR UPDATE SKIP LOCKED</c>.
/// </summary>
internal sealed partial class OutboxRelay(
    Outbox outbox, IBusControl bus, NpgsqlDataSource dataSource, DatabaseReady ready, TimeProvider time, ILogger<OutboxRelay> logger) : BackgroundService
{
    private const int PublishesAtOnce = 8;
    private const int PageSize = 64;
    /// <summary>With the broker away a publish waits for ever without an error.</summary>
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(5);

    /// <summary>While the broker is away the hints are dropped: their rows wait in the table, and one row at a time tries the broker.</summary>
    private volatile bool brokerAway;
    private bool brokerConnected;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        await Task.WhenAll([FollowTableAsync(stoppingToken), .. Enumerable.Range(0, PublishesAtOnce).Select(_ => FollowHintsAsync(stoppingToken))]);
    }

    private async Task FollowHintsAsync(CancellationToken cancellationToken)
    {
        var published = new List<Guid>();
        while (await outbox.Hints.WaitToReadAsync(cancellationToken))
        {
            published.Clear();
            while (published.Count < PageSize && outbox.Hints.TryRead(out var hint))
            {
                if (brokerAway || !await TryPublishAsync(hint, cancellationToken)) continue;
                published.Add(hint.Id);
            }
            if (published.Count > 0) await TryDeleteAsync(published, cancellationToken);
        }
    }

    private async Task FollowTableAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        do
        {
            try
            {
                WatchBroker();
                while (await RelayPageAsync(brokerAway ? 1 : PageSize, cancellationToken)) { }
                await MeasureAsync(cancellationToken);
            }
            catch (Exception exception) when (TransientFaults.IsTransient(exception))
            {
                LogDatabaseAway(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Says once that the broker went, and once that it came back: this is the line to look for at night.</summary>
    private void WatchBroker()
    {
        var health = bus.CheckHealth();
        var connected = health.Status == BusHealthStatus.Healthy;
        if (connected == brokerConnected) return;
        brokerConnected = connected;
        if (connected) LogConnected();
        else LogDisconnected(health.Description);
    }

    /// <returns>Whether there may be more at once.</returns>
    private async Task<bool> RelayPageAsync(int size, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var page = await ReadPageAsync(connection, size, cancellationToken);
        if (page.Count == 0) return false;
        var outcomes = await Task.WhenAll(page.Select(message => TryPublishAsync(message, cancellationToken)));
        var published = page.Where((_, index) => outcomes[index]).Select(message => message.Id).ToArray();
        if (published.Length > 0)
        {
            await using var delete = Delete(published);
            delete.Connection = connection;
            await delete.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        brokerAway = published.Length == 0;
        return published.Length == page.Count;
    }

    private async Task<List<StagedMessage>> ReadPageAsync(NpgsqlConnection connection, int size, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select id, type, payload, trace_parent from outbox where available_at <= $1 order by id limit $2 for update skip locked", connection);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = size });
        var page = new List<StagedMessage>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var type = BusTopology.MessageType(reader.GetString(1));
            var message = JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(2), type, ContractsJson.Default.Options)!;
            page.Add(new(reader.GetGuid(0), message, reader.IsDBNull(3) ? null : reader.GetString(3)));
        }
        return page;
    }

    private async Task<bool> TryPublishAsync(StagedMessage staged, CancellationToken cancellationToken)
    {
        using var activity = Trace.Continue("publish", staged.TraceParent);
        using var timeout = new CancellationTokenSource(PublishTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await bus.Publish(staged.Message, staged.Message.GetType(), BusTopology.PublishingOf(staged.Message), either.Token);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!brokerAway) LogNotPublished(exception.Message);
            brokerAway = true;
            return false;
        }
    }

    private async Task TryDeleteAsync(List<Guid> published, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var batch = Delete([.. published]);
            batch.Connection = connection;
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception exception) when (TransientFaults.IsTransient(exception))
        {
            // The rows stay and are published once more: their consumers change nothing for what they know.
            LogDatabaseAway(exception.Message);
        }
    }

    /// <summary>A deletion that a crash undoes only repeats a message, so it need not wait for the disk.</summary>
    private static NpgsqlBatch Delete(Guid[] ids)
    {
        var delete = new NpgsqlBatchCommand("delete from outbox where id = any($1)");
        delete.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        return new NpgsqlBatch { BatchCommands = { new NpgsqlBatchCommand("set local synchronous_commit = off"), delete } };
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select count(*), min(created_at) from outbox");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var age = reader.IsDBNull(1) ? TimeSpan.Zero : time.GetUtcNow() - reader.GetFieldValue<DateTimeOffset>(1);
        Metrics.SetOutbox(reader.GetInt64(0), age);
    }

    [LoggerMessage(LogLevel.Information, "Connected to RabbitMQ")]
    private partial void LogConnected();

    [LoggerMessage(LogLevel.Warning, "RabbitMQ is not there; messages wait in the outbox ({Description})")]
    private partial void LogDisconnected(string description);

    [LoggerMessage(LogLevel.Warning, "RabbitMQ did not take a message; it waits in the outbox: {Reason}")]
    private partial void LogNotPublished(string reason);

    [LoggerMessage(LogLevel.Warning, "The outbox cannot be read or written, trying again: {Reason}")]
    private partial void LogDatabaseAway(string reason);
}
