using Monitoring.Ingestion.Intake;
using Npgsql;

namespace Monitoring.Ingestion.Storage;

/// <summary>Statements on what posts under an Idempotency-Key did.</summary>
internal static class IdempotencySql
{
    public const string ClaimsTable = "idempotent_items";

    public static async Task<Dictionary<ClaimId, Claim>> FindAsync(NpgsqlConnection connection, List<ClaimId> ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select feed_id, key, item_index, digest, revision, is_duplicate from idempotent_items
            join unnest($1, $2, $3) as row (feed_id, key, item_index) using (feed_id, key, item_index)
            """, connection);
        command.With(ids.Select(id => id.FeedId).ToArray()).With(ids.Select(id => id.Key).ToArray()).With(ids.Select(id => id.Index).ToArray());
        await command.PrepareAsync(cancellationToken);
        var claims = new Dictionary<ClaimId, Claim>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var result = new IntakeResult(reader.GetBoolean(5) ? IntakeOutcome.Duplicate : IntakeOutcome.Accepted, reader.GetInt32(4));
            claims.Add(new ClaimId(reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2)), new Claim(reader.GetFieldValue<byte[]>(3), result));
        }
        return claims;
    }

    /// <summary>Fails by a unique violation where another transaction has claimed one of them in the meantime.</summary>
    public static NpgsqlBatchCommand InsertClaims(IReadOnlyList<IntakeItem> items, IntakeResult[] results)
    {
        var keyed = Enumerable.Range(0, items.Count).Where(at => items[at].Key is not null)
            .OrderBy(at => items[at].Feed.Id).ThenBy(at => items[at].Key!.Value, StringComparer.Ordinal).ThenBy(at => items[at].Index).ToArray();
        return new NpgsqlBatchCommand("""
            insert into idempotent_items (feed_id, key, item_index, digest, revision, is_duplicate, created_at)
            select * from unnest($1, $2, $3, $4, $5, $6, $7)
            """)
            .With(Array.ConvertAll(keyed, at => items[at].Feed.Id))
            .With(Array.ConvertAll(keyed, at => items[at].Key!.Value))
            .With(Array.ConvertAll(keyed, at => items[at].Index))
            .With(Array.ConvertAll(keyed, at => items[at].Digest))
            .With(Array.ConvertAll(keyed, at => results[at].Revision))
            .With(Array.ConvertAll(keyed, at => results[at].Outcome == IntakeOutcome.Duplicate))
            .With(Array.ConvertAll(keyed, at => items[at].ReceivedAt));
    }
}

/// <summary>Posts under an Idempotency-Key that were read to their end.</summary>
internal sealed class IdempotentPosts(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <returns>The digest of the items of the post that the key stands for, or <c>null</c> where none was read to its end.</returns>
    public async Task<byte[]?> FindAsync(Guid feedId, string key, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select digest from idempotent_posts where feed_id = $1 and key = $2");
        return (byte[]?)await command.With(feedId).With(key).ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>From now on the key stands for this post. When that is lost in a crash, the claims of its items still hold, so it need not wait for the disk.</summary>
    public async Task SettleAsync(Guid feedId, string key, byte[] digest, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into idempotent_posts (feed_id, key, digest, created_at) values ($1, $2, $3, $4) on conflict do nothing")
            .With(feedId).With(key).With(digest).With(time.GetUtcNow()));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
