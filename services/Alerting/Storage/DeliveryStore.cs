using System.Text.Json;
using Monitoring.Alerting.Delivery;
using Monitoring.Contracts;
using Npgsql;

namespace Monitoring.Alerting.Storage;

/// <summary>Claims of deliveries: short transactions, shared between copies of the service by <c>skip locked</c>.</summary>
internal sealed class DeliveryStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    // For each channel so many as it has room for: the rows of a slow one are not even looked at for another.
    private const string Claim = """
        update deliveries set claimed_until = $4 from (
            select due.id from unnest($1, $2) as lane (channel_id, room) cross join lateral (
                select id from deliveries
                where state = 'pending' and channel_id = lane.channel_id and next_attempt_at <= $3 and (claimed_until is null or claimed_until <= $3)
                order by next_attempt_at limit lane.room for update skip locked) due) claimed
        where deliveries.id = claimed.id
        returning deliveries.id, channel_id, event, alert::text, tries, expires_at
        """;

    // A claim that ran out may be another copy's by now.
    private const string GiveBack = """
        update deliveries set claimed_until = null from unnest($1, $2) as given (id, claimed_until)
        where deliveries.id = given.id and deliveries.claimed_until = given.claimed_until and state = 'pending'
        """;

    private const string BuryExpired =
        "update deliveries set state = 'dead', next_attempt_at = null, claimed_until = null, updated_at = $1 where state = 'pending' and expires_at <= $1 and (claimed_until is null or claimed_until <= $1)";

    /// <summary>Claims what is due.</summary>
    /// <param name="rooms">How many each channel takes.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<List<PendingDelivery>> ClaimAsync(IReadOnlyDictionary<Guid, int> rooms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = now + PendingDelivery.Claim;
        await using var command = dataSource.CreateCommand(Claim);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. rooms.Keys] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. rooms.Values] });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = until });
        var claimed = new List<PendingDelivery>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new PendingDelivery
            {
                Id = reader.GetGuid(0),
                ChannelId = reader.GetGuid(1),
                Event = reader.GetString(2),
                Alert = JsonSerializer.Deserialize(reader.GetString(3), ContractsJson.Default.Alert)!,
                Tries = reader.GetInt32(4),
                ExpiresAt = reader.GetFieldValue<DateTimeOffset>(5),
                ClaimedUntil = until,
            });
        }
        return claimed;
    }

    /// <summary>Lets other copies, or this one later, have what was not attempted.</summary>
    public async Task GiveBackAsync(IReadOnlyList<PendingDelivery> claims, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(GiveBack);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. claims.Select(claim => claim.Id)] });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset?[]> { TypedValue = [.. claims.Select(claim => claim.ClaimedUntil)] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gives up what nobody attempts any more: deliveries of channels that are off or gone.</summary>
    public async Task BuryExpiredAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(BuryExpired);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
