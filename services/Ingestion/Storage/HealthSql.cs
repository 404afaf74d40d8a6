using Monitoring.Contracts;
using Monitoring.Ingestion.Freshness;
using Monitoring.ServiceDefaults.Outbox;
using Npgsql;

namespace Monitoring.Ingestion.Storage;

/// <summary>Opens looks at the health of all feeds.</summary>
internal sealed class HealthSql(NpgsqlDataSource dataSource, Outbox outbox)
{
    /// <returns><c>null</c> while another copy looks.</returns>
    public async Task<HealthLook?> TryLookAsync(CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var locking = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtext('ingestion'), hashtext('feed health'))", connection);
            if ((bool)(await locking.ExecuteScalarAsync(cancellationToken))!)
                return new HealthLook(connection, transaction, outbox, await ReadFeedsAsync(connection, cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    /// <summary>When a polled feed is heard says nothing of it but how often it is asked: it is expected by its schedule.</summary>
    private static async Task<IReadOnlyList<WatchedFeed>> ReadFeedsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select id, name, feeds.is_enabled, coalesce(expected_every, case when every is not null then greatest(2 * every, interval '1 hour') end),
                greatest(feeds.created_at, poll.updated_at), last_heard_at, coalesce(state, 'unknown'), expected_by
            from feeds left join feed_health on feed_health.feed_id = id left join feed_polls poll on poll.feed_id = id and poll.is_enabled
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var feeds = new List<WatchedFeed>();
        while (await reader.ReadAsync(cancellationToken))
        {
            feeds.Add(new()
            {
                Id = reader.GetGuid(0),
                Name = reader.GetString(1),
                IsEnabled = reader.GetBoolean(2),
                ExpectedEvery = reader.IsDBNull(3) ? null : reader.GetTimeSpan(3),
                AwaitedSince = reader.GetFieldValue<DateTimeOffset>(4),
                LastHeardAt = reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5),
                Found = new(Wire<FeedHealth>.Parse(reader.GetString(6)), reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7)),
            });
        }
        return feeds;
    }
}

/// <summary>A look at all feeds, in a transaction that keeps other copies from looking too.</summary>
internal sealed class HealthLook(NpgsqlConnection connection, NpgsqlTransaction transaction, Outbox outbox, IReadOnlyList<WatchedFeed> feeds) : IAsyncDisposable
{
    public IReadOnlyList<WatchedFeed> Feeds => feeds;

    /// <summary>The hours in which feeds were heard, oldest first; those that are too old to learn from are forgotten.</summary>
    public async Task<Dictionary<Guid, List<ActiveHour>>> ReadHoursAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        // Counted from when the feed was last heard: a silent one is not forgotten, however long it is silent.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            delete from feed_hours using feed_health
            where feed_hours.feed_id = any($1) and feed_health.feed_id = feed_hours.feed_id and hour < last_heard_at - $2
            """).With(ids.ToArray()).With(Cadence.Memory));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select feed_id, hour, minutes from feed_hours where feed_id = any($1) order by feed_id, hour").With(ids.ToArray()));
        var hours = new Dictionary<Guid, List<ActiveHour>>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var feed = reader.GetGuid(0);
            if (!hours.TryGetValue(feed, out var ofFeed)) hours[feed] = ofFeed = [];
            ofFeed.Add(new(reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt64(2)));
        }
        return hours;
    }

    /// <summary>Stores how feeds are now, and tells of those whose state is another than before, in one commit.</summary>
    public async Task CompleteAsync(IReadOnlyList<(WatchedFeed Feed, Health Health)> changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var staged = new List<StagedMessage>();
        if (changes.Count > 0)
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(Store(changes, now));
            foreach (var (feed, health) in changes.Where(change => change.Health.State != change.Feed.Found.State))
            {
                staged.Add(outbox.Stage(batch, new FeedHealthChanged
                {
                    FeedId = feed.Id,
                    Feed = feed.Name,
                    State = health.State,
                    Since = now,
                    LastHeardAt = feed.LastHeardAt,
                    ExpectedBy = health.ExpectedBy,
                }));
            }
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        foreach (var message in staged) outbox.Committed(message);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static NpgsqlBatchCommand Store(IReadOnlyList<(WatchedFeed Feed, Health Health)> changes, DateTimeOffset now) =>
        new NpgsqlBatchCommand("""
            insert into feed_health (feed_id, state, since, expected_by)
            select feed_id, state, $4, expected_by from unnest($1, $2, $3) as row (feed_id, state, expected_by) order by feed_id
            on conflict (feed_id) do update set
                state = excluded.state,
                since = case when feed_health.state = excluded.state then feed_health.since else excluded.since end,
                expected_by = excluded.expected_by
            """)
            .With(changes.Select(change => change.Feed.Id).ToArray())
            .With(changes.Select(change => Wire<FeedHealth>.Name(change.Health.State)).ToArray())
            .With(changes.Select(change => change.Health.ExpectedBy).ToArray())
            .With(now);
}
