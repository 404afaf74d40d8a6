using Monitoring.Ingestion.Freshness;
using Npgsql;

namespace Monitoring.Ingestion.Storage;

/// <summary>Writes what was heard of feeds. Several copies add to each other's hours; the same told twice changes nothing.</summary>
internal sealed class HearingSql(NpgsqlDataSource dataSource)
{
    /// <param name="heard">In the order of the feeds; those that are there no more are passed over.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task AddAsync(IReadOnlyList<HeardHour> heard, CancellationToken cancellationToken)
    {
        var feeds = heard.Select(hour => hour.FeedId).ToArray();
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            insert into feed_hours (feed_id, hour, minutes)
            select feed_id, hour, minutes from unnest($1, $2, $3) as row (feed_id, hour, minutes) where exists (select from feeds where id = feed_id)
            order by feed_id, hour
            on conflict (feed_id, hour) do update set minutes = feed_hours.minutes | excluded.minutes
            """)
            .With(feeds)
            .With(heard.Select(hour => hour.Active.Hour).ToArray())
            .With(heard.Select(hour => hour.Active.Minutes).ToArray()));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            insert into feed_health (feed_id, state, since, last_heard_at)
            select feed_id, 'unknown', max(last_at), max(last_at) from unnest($1, $2) as row (feed_id, last_at) where exists (select from feeds where id = feed_id)
            group by feed_id order by feed_id
            on conflict (feed_id) do update set last_heard_at = greatest(feed_health.last_heard_at, excluded.last_heard_at)
            """)
            .With(feeds)
            .With(heard.Select(hour => hour.LastAt).ToArray()));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
