using MassTransit;
using Microsoft.Extensions.Logging;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Storage;
using Npgsql;

namespace Monitoring.ServiceDefaults.Tokens;

/// <summary>A token that is no longer honoured although it has not ended.</summary>
public sealed class RevokedToken
{
    /// <summary>The token's <c>jti</c>.</summary>
    public required string TokenId { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>The revoked tokens as this service's table has them, read anew every five seconds.</summary>
internal sealed class Revocations(NpgsqlDataSource dataSource, DatabaseReady ready, TimeProvider time, ILogger<Revocations> logger)
    : RepeatingWork(ready, time, TimeSpan.FromSeconds(5), logger)
{
    private readonly TimeProvider time = time;
    private volatile HashSet<string> revoked = [];

    public bool Contains(string tokenId) => revoked.Contains(tokenId);

    public async Task AddAsync(TokenRevoked revocation, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("insert into revoked_tokens (token_id, expires_at) values ($1, $2) on conflict (token_id) do nothing");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = revocation.TokenId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = revocation.ExpiresAt });
        await command.ExecuteNonQueryAsync(cancellationToken);
        revoked = [.. revoked, revocation.TokenId];
    }

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        var forget = new NpgsqlBatchCommand("delete from revoked_tokens where expires_at < $1");
        forget.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        batch.BatchCommands.Add(forget);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select token_id from revoked_tokens"));
        var tokens = new HashSet<string>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) tokens.Add(reader.GetString(0));
        revoked = tokens;
    }
}

/// <summary>Stores revocations; waits for the database as long as it takes, since the broker keeps the message.</summary>
internal sealed class RevocationConsumer(Revocations revocations, DatabaseReady ready, TimeProvider time) : IConsumer<TokenRevoked>
{
    public async Task Consume(ConsumeContext<TokenRevoked> context)
    {
        await ready.WaitAsync(context.CancellationToken);
        while (true)
        {
            try
            {
                await revocations.AddAsync(context.Message, context.CancellationToken);
                return;
            }
            catch (Exception exception) when (TransientFaults.IsTransient(exception))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, context.CancellationToken);
            }
        }
    }
}
