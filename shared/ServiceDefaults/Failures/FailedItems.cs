using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Bulk;
using Monitoring.ServiceDefaults.Telemetry;
using Npgsql;
using NpgsqlTypes;

namespace Monitoring.ServiceDefaults.Failures;

/// <summary>Keeps the items of a service's messages that were refused even alone.</summary>
public sealed class FailedItems(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>The same item failing again replaces its entry, since its <paramref name="id"/> is the same.</summary>
    public async Task KeepAsync<T>(Guid id, T item, string? traceId, Exception reason, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            insert into failed_items (id, kind, payload, reason, failed_at, trace_id) values ($1, $2, $3, $4, $5, $6)
            on conflict (id) do update set payload = excluded.payload, reason = excluded.reason, failed_at = excluded.failed_at, trace_id = excluded.trace_id
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = typeof(T).Name });
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(item, ContractsJson.Default.Options), NpgsqlDbType = NpgsqlDbType.Json });
        command.Parameters.Add(new() { Value = reason.Message });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        command.Parameters.Add(new() { Value = (object?)(traceId ?? Trace.CurrentId) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Takes an item out and gives it to <paramref name="retry"/>; when that fails for good, the writer has kept it again.</summary>
    /// <returns>Whether there was such an item.</returns>
    internal async Task<bool> RetryAsync(Guid id, Func<string, CancellationToken, Task> retry, CancellationToken cancellationToken)
    {
        await using var read = dataSource.CreateCommand("select payload::text, failed_at from failed_items where id = $1");
        read.Parameters.Add(new() { Value = id });
        string payload;
        DateTimeOffset failedAt;
        await using (var reader = await read.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken)) return false;
            (payload, failedAt) = (reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1));
        }
        await retry(payload, cancellationToken);
        // An entry that failed again in the meantime is newer, and stays.
        await using var delete = dataSource.CreateCommand("delete from failed_items where id = $1 and failed_at = $2");
        delete.Parameters.Add(new() { Value = id });
        delete.Parameters.Add(new() { Value = failedAt });
        await delete.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }
}

/// <summary>How a service tries one of its failed items again.</summary>
public sealed record FailureRetry(Func<IServiceProvider, string, CancellationToken, Task> RunAsync)
{
    /// <summary>Submits the item to the group commit that refused it.</summary>
    public static FailureRetry Through<TItem, TResult>() => new(async (services, payload, cancellationToken) =>
    {
        var commit = (GroupCommit<TItem, TResult>)services.GetService(typeof(GroupCommit<TItem, TResult>))!;
        await commit.SubmitAsync([JsonSerializer.Deserialize<TItem>(payload, ContractsJson.Default.Options)!], cancellationToken);
    });
}
