using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using MassTransit;
using Monitoring.Contracts;
using Monitoring.Ingestion.Storage;
using Monitoring.Integration.Tests.Systems;
using Npgsql;

namespace Monitoring.Integration.Tests.Feeds;

[Collection(SharedStackTests.Name)]
public sealed class FreshnessTests(SharedStack shared)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>As if the feed had been heard every hour for four weeks, and then no more for three days.</summary>
    private const string HourlyUntilThreeDaysAgo =
        """
        WITH health AS (INSERT INTO ingestion.feed_health (feed_id, state, since, last_heard_at) VALUES ($1, 'unknown', now(), now() - interval '3 days')
                ON CONFLICT (feed_id) DO UPDATE SET last_heard_at = excluded.last_heard_at),
             before AS (DELETE FROM ingestion.feed_hours WHERE feed_id = $1)
        INSERT INTO ingestion.feed_hours (feed_id, hour, minutes)
        SELECT $1, hour, 1 FROM generate_series(date_trunc('hour', now()) - interval '31 days', now() - interval '3 days', interval '1 hour') AS hour
        ON CONFLICT DO NOTHING RETURNING minutes
        """;

    private readonly Stack stack = shared.Stack;

    [Fact]
    public async Task A_feed_that_falls_silent_is_told_once_by_whatever_copy_and_one_duplicate_makes_it_fresh()
    {
        var feed = await stack.Api.CreateFeedAsync($"silent {Guid.NewGuid():N}");
        var told = new ConcurrentQueue<FeedHealthChanged>();
        await using var bus = await TestBus.ConnectAsync(stack, configure => configure.ReceiveEndpoint($"health-{feed.Id:N}", endpoint => endpoint.Handler<FeedHealthChanged>(context =>
        {
            if (context.Message.FeedId == feed.Id) told.Enqueue(context.Message);
            return Task.CompletedTask;
        })));
        const string report = """{"externalId":"a","title":"Storm"}""";
        await stack.Api.AcceptAsync(feed, report);
        await Eventually.IsTrueAsync("the feed was heard", Deadline, async () => (await FeedAsync(feed)).GetProperty("lastHeardAt").ValueKind == JsonValueKind.String);

        await stack.Database.ListAsync<long>(HourlyUntilThreeDaysAgo, feed.Id);
        await Eventually.IsTrueAsync("the feed is listed as silent", Deadline, async () => await IsListedAsync(feed, "silent"));
        Assert.False(await IsListedAsync(feed, "fresh,late,unknown"));
        await Eventually.EqualsAsync("messages about the feed", Deadline, 1, () => Task.FromResult(told.Count));

        Assert.Equal(1, (await stack.Api.AcceptAsync(feed, report)).GetProperty("duplicates").GetArrayLength());
        await Eventually.IsTrueAsync("the feed is fresh", Deadline, async () => (await FeedAsync(feed)).GetProperty("health").GetString() == "fresh");
        await Eventually.EqualsAsync("messages about the feed", Deadline, 2, () => Task.FromResult(told.Count));
        Assert.Equal([FeedHealth.Silent, FeedHealth.Fresh], told.Select(message => message.State));
        Assert.All(told, message => Assert.Equal(feed.Name, message.Feed));
    }

    [Fact]
    public async Task A_feed_that_is_polled_is_expected_by_its_schedule_also_where_it_never_came_or_came_more_often_before()
    {
        var (broken, changed) = (await stack.Api.CreateFeedAsync($"broken {Guid.NewGuid():N}"), await stack.Api.CreateFeedAsync($"changed {Guid.NewGuid():N}"));
        await stack.Database.ListAsync<long>(HourlyUntilThreeDaysAgo, changed.Id);
        await PollAsync(broken, "00:10:00", since: TimeSpan.FromMinutes(90));
        await PollAsync(changed, "2.00:00:00", since: TimeSpan.FromDays(31));

        await Eventually.IsTrueAsync("what never came is late", Deadline, () => IsListedAsync(broken, "late"));
        await Eventually.IsTrueAsync("what came more often before is fresh", Deadline, () => IsListedAsync(changed, "fresh"));
    }

    [Fact]
    public async Task What_copies_heard_in_an_hour_adds_up_in_any_order_and_a_feed_that_is_no_more_harms_nobody()
    {
        var feed = await stack.Api.CreateFeedAsync($"heard twice {Guid.NewGuid():N}");
        await using var source = NpgsqlDataSource.Create(stack.Database.ConnectionStringOf("ingestion") + ";Search Path=ingestion");
        var sql = new HearingSql(source);
        var hour = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
        await sql.AddAsync([new(Guid.NewGuid(), new(hour, 1), hour), new(feed.Id, new(hour, 0b1100), hour.AddMinutes(3))], CancellationToken.None);
        await sql.AddAsync([new(feed.Id, new(hour, 0b0110), hour.AddMinutes(2)), new(feed.Id, new(hour.AddHours(-1), 1L << 59), hour.AddMinutes(-1))], CancellationToken.None);

        Assert.Equal([1L << 59, 0b1110], await stack.Database.ListAsync<long>("SELECT minutes FROM ingestion.feed_hours WHERE feed_id = $1 ORDER BY hour", feed.Id));
        Assert.Equal(hour.AddMinutes(3), (await FeedAsync(feed)).GetProperty("lastHeardAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_health_that_is_none_is_refused()
    {
        using var answer = await stack.Api.SendAsync(HttpMethod.Get, stack.Ingestion[0], "/v1/feeds?health=quiet");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("unknown, fresh, late, silent", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<JsonElement> FeedAsync(TestFeed feed) => stack.Api.GetAsync<JsonElement>(stack.Ingestion[0], $"/v1/feeds/{feed.Id}");

    /// <summary>Polls a feed where nothing ever answers, as if it had been polled there for so long.</summary>
    private async Task PollAsync(TestFeed feed, string every, TimeSpan since)
    {
        using var answer = await stack.Api.SendAsync(HttpMethod.Put, stack.Ingestion[0], $"/v1/feeds/{feed.Id}/poll", new { address = "http://127.0.0.1:9/", every });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await stack.Database.ListAsync<Guid>("""
            WITH feed AS (UPDATE ingestion.feeds SET created_at = now() - $2 WHERE id = $1)
            UPDATE ingestion.feed_polls SET updated_at = now() - $2 WHERE feed_id = $1 RETURNING feed_id
            """, feed.Id, since);
    }

    private async Task<bool> IsListedAsync(TestFeed feed, string health) =>
        (await stack.Api.GetAsync<JsonElement>(stack.Ingestion[1], $"/v1/feeds?limit=1000&health={health}")).GetProperty("items").EnumerateArray()
            .Any(item => item.GetProperty("id").GetGuid() == feed.Id);
}
