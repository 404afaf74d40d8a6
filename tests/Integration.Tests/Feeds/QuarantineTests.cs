using System.Net;
using System.Text.Json;
using Monitoring.Ingestion.Storage;
using Monitoring.Integration.Tests.Systems;
using Npgsql;

namespace Monitoring.Integration.Tests.Feeds;

[Collection(SharedStackTests.Name)]
public sealed class QuarantineTests(SharedStack shared) : IAsyncLifetime
{
    private readonly Stack stack = shared.Stack;
    private TestFeed feed = null!;

    public async ValueTask InitializeAsync() => feed = await stack.Api.CreateFeedAsync($"refused {Guid.NewGuid():N}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_feeds_items_are_listed_by_format_tried_again_together_and_thrown_away_together()
    {
        await RefuseAsync(3, padding: 0);
        Assert.Equal(3, (await ListAsync("format=json")).Count);
        Assert.Empty(await ListAsync("format=ndjson"));
        // The fix, as far as a test can bring one about: the first item's bytes become what they should have been.
        await stack.Database.ListAsync<Guid>(
            "UPDATE ingestion.quarantine SET raw = convert_to('{\"externalId\":\"mended\",\"title\":\"Storm\"}', 'UTF8') WHERE id = (SELECT id FROM ingestion.quarantine WHERE feed_id = $1 LIMIT 1) RETURNING id", feed.Id);

        var retried = await stack.Api.PostAsync(stack.Ingestion[0], $"/v1/quarantine/retry?feed={feed.Id}", new { });
        Assert.Equal((1, 2, false), (retried.GetProperty("accepted").GetInt32(), retried.GetProperty("refused").GetInt32(), retried.GetProperty("more").GetBoolean()));
        Assert.Equal(2, (await ListAsync("format=json")).Count);

        using var discarding = await stack.Api.SendAsync(HttpMethod.Delete, stack.Ingestion[1], $"/v1/quarantine?feed={feed.Id}");
        Assert.Equal("""{"discarded":2}""", await discarding.Content.ReadAsStringAsync());
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task An_item_that_is_refused_again_for_other_bytes_is_not_kept_twice()
    {
        await RefuseAsync(1, padding: 0);
        var old = Assert.Single(await ListAsync(""));
        await stack.Database.ListAsync<Guid>("UPDATE ingestion.quarantine SET raw = convert_to('{\"externalId\":\"other\"}', 'UTF8') WHERE id = $1 RETURNING id", old);
        await stack.Api.PostAsync(stack.Ingestion[0], $"/v1/quarantine/retry?feed={feed.Id}", new { });
        Assert.NotEqual(old, Assert.Single(await ListAsync("")));
    }

    [Fact]
    public async Task Nothing_is_thrown_away_or_tried_again_where_no_feed_is_named()
    {
        using var discarding = await stack.Api.SendAsync(HttpMethod.Delete, stack.Ingestion[0], "/v1/quarantine");
        using var retrying = await stack.Api.SendAsync(HttpMethod.Post, stack.Ingestion[0], "/v1/quarantine/retry");
        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest], [discarding.StatusCode, retrying.StatusCode]);
    }

    [Fact]
    public async Task Beyond_its_bytes_a_feed_loses_its_oldest_items_and_other_feeds_lose_nothing()
    {
        await using var source = NpgsqlDataSource.Create(stack.Database.ConnectionStringOf("ingestion") + ";Search Path=ingestion");
        var retention = new RetentionSql(source);
        var other = feed;
        await RefuseAsync(1, padding: 500_000);
        feed = await stack.Api.CreateFeedAsync($"refused much {Guid.NewGuid():N}");
        await RefuseAsync(4, padding: 400_000);
        var newestFirst = await ListAsync("");
        Assert.Equal(4, newestFirst.Count);

        Assert.Equal(2, await retention.DeleteQuarantineAboveAsync(900_000, CancellationToken.None));
        Assert.Equal(newestFirst.Take(2), await ListAsync(""));
        feed = other;
        Assert.Single(await ListAsync(""));
    }

    [Fact]
    public async Task What_is_older_than_it_need_be_goes()
    {
        await using var source = NpgsqlDataSource.Create(stack.Database.ConnectionStringOf("ingestion") + ";Search Path=ingestion");
        await RefuseAsync(2, padding: 0);
        var old = await stack.Database.ReadAsync<Guid>(
            "UPDATE ingestion.quarantine SET received_at = '2020-01-01' WHERE id = (SELECT id FROM ingestion.quarantine WHERE feed_id = $1 LIMIT 1) RETURNING id", feed.Id);

        await new RetentionSql(source).DeleteQuarantineAsync(new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero), CancellationToken.None);

        Assert.NotEqual(old, Assert.Single(await ListAsync("")));
    }

    /// <summary>Posts items that are refused, one after the other.</summary>
    private async Task RefuseAsync(int count, int padding)
    {
        for (var number = 0; number < count; number++)
        {
            using var answer = await stack.Api.PostReportsAsync(feed, $$"""{"externalId":"{{number}}","title":"Storm","status":"none","note":"{{new string('x', padding)}}"}""");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    private async Task<List<Guid>> ListAsync(string filter) =>
        [.. (await stack.Api.GetAsync<JsonElement>(stack.Ingestion[0], $"/v1/quarantine?feed={feed.Id}&{filter}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
}
