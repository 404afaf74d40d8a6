using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Monitoring.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Monitoring.ServiceDefaults.Outbox;

/// <summary>A staged message, for <see cref="Outbox.Committed"/>.</summary>
public sealed record StagedMessage(Guid Id, object Message, string? TraceParent);

/// <summary>
/// The way every change leaves a service: stage the message in the change's own transaction, and tell of the commit, so that the relay
/// publishes it at once. When nobody tells, or the hints overflow, the relay finds the row in the table.
/// </summary>
public sealed class Outbox(TimeProvider time)
{
    /// <summary>How long the writing copy has its row for itself.</summary>
    internal static readonly TimeSpan OwnTime = TimeSpan.FromSeconds(3);

    private readonly Channel<StagedMessage> hints = Channel.CreateBounded<StagedMessage>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.Wait });

    internal ChannelReader<StagedMessage> Hints => hints.Reader;

    /// <summary>Adds the row's insertion to a batch that runs in the change's transaction: no round trip of its own.</summary>
    public StagedMessage Stage<T>(NpgsqlBatch batch, T message) where T : class
    {
        var (command, staged) = Prepare(message);
        batch.BatchCommands.Add(command);
        return staged;
    }

    /// <summary>Inserts the row on a connection whose transaction holds the change.</summary>
    public async Task<StagedMessage> StageAsync<T>(NpgsqlConnection connection, T message, CancellationToken cancellationToken) where T : class
    {
        await using var batch = new NpgsqlBatch(connection);
        var staged = Stage(batch, message);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return staged;
    }

    /// <summary>Call after the commit. Cheap, never waits.</summary>
    public void Committed(StagedMessage staged) => hints.Writer.TryWrite(staged);

    private (NpgsqlBatchCommand, StagedMessage) Prepare<T>(T message) where T : class
    {
        var now = time.GetUtcNow();
        var staged = new StagedMessage(Guid.CreateVersion7(now), message, Activity.Current?.Id);
        var command = new NpgsqlBatchCommand("insert into outbox (id, type, payload, trace_parent, created_at, available_at) values ($1, $2, $3, $4, $5, $6)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = staged.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = typeof(T).Name });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = JsonSerializer.SerializeToUtf8Bytes(message, ContractsJson.Default.Options) });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)staged.TraceParent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now + OwnTime });
        return (command, staged);
    }
}
