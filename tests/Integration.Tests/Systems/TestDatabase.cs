using Npgsql;

namespace Monitoring.Integration.Tests.Systems;

/// <summary>A database of one test's own, read as its administrator, across the services' schemas.</summary>
internal sealed class TestDatabase(NpgsqlConnectionStringBuilder administrator, IReadOnlyDictionary<string, string> roles, Func<Task> drop) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(administrator);

    /// <summary>What a service connects by.</summary>
    public string ConnectionStringOf(string role) => roles[role];

    /// <summary>A single value.</summary>
    public async Task<T> ReadAsync<T>(string sql, params object[] values) => (await ListAsync<T>(sql, values))[0];

    /// <summary>The first column of all rows.</summary>
    public async Task<List<T>> ListAsync<T>(string sql, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var rows = await command.ExecuteReaderAsync();
        var list = new List<T>();
        while (await rows.ReadAsync()) list.Add(rows.GetFieldValue<T>(0));
        return list;
    }

    /// <summary>Takes locks by a statement, and holds them until the answer is disposed of.</summary>
    public async Task<IAsyncDisposable> HoldAsync(string sql, params object[] values)
    {
        var connection = await source.OpenConnectionAsync();
        await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Waits until somebody, or so many, wait for locks of this database.</summary>
    public Task BlocksAsync(string who, int count = 1) => Eventually.IsTrueAsync($"{who} waits", TimeSpan.FromSeconds(60), async () =>
        await ReadAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") >= count);

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await drop();
    }
}
