using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Integration.Tests.Polling;

/// <summary>Publishers as they are: good ones, slow ones, broken ones, and such as mean harm.</summary>
[Collection(SharedStackTests.Name)]
public sealed partial class PollsTests(SharedStack shared) : IAsyncLifetime
{
    private const string Report = """{"externalId":"a","title":"Flood in Poland"}""";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Stack stack = shared.Stack;
    private readonly List<FeedServer> servers = [];
    private TestFeed feed = null!;

    public async ValueTask InitializeAsync() => feed = await stack.Api.CreateFeedAsync($"feed-{Guid.NewGuid():N}");

    public async ValueTask DisposeAsync()
    {
        using var deleted = await stack.Api.SendAsync(HttpMethod.Delete, stack.Ingestion[0], Path);
        foreach (var server in servers) await server.DisposeAsync();
    }

    private string Path => $"/v1/feeds/{feed.Id}/poll";

    [Fact]
    public async Task What_a_feed_has_is_taken_in_once_and_asked_for_by_its_validators_from_then_on()
    {
        const string date = "Tue, 24 Nov 2026 08:00:00 GMT";
        var server = await ServeAsync((context, _) =>
        {
            context.Response.Headers.ETag = "\"one\"";
            context.Response.Headers.LastModified = date;
            if (context.Request.Headers.IfNoneMatch == "\"one\"") context.Response.StatusCode = 304;
            return context.Response.StatusCode == 304 ? Task.CompletedTask : AnswerAsync(context, Report);
        });
        await PollAsync(server.Address);

        var poll = await PollIsAsync("nothing new", view => view.LastStatus == 304);
        Assert.Equal(("\"one\"", 0, null), (poll.Etag, poll.Failures, poll.LastError));
        Assert.Equal(["a"], await ReportsAsync());
        var (first, second) = (server.Calls[0], server.Calls[1]);
        Assert.Equal((null, "gzip, br", "Monitoring/1.0"), (first["If-None-Match"], first["Accept-Encoding"], first["User-Agent"]));
        Assert.Equal(("\"one\"", date), (second["If-None-Match"], second["If-Modified-Since"]));
        await Eventually.EqualsAsync("hours in which the feed was heard", Deadline, true, () =>
            stack.Database.ReadAsync<bool>("SELECT exists (SELECT FROM ingestion.feed_hours WHERE feed_id = $1)", feed.Id));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_wait_is_left_alone_that_long()
    {
        var server = await ServeAsync((context, _) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7200";
            return Task.CompletedTask;
        });
        var poll = await FailsAsync(server.Address, "answered 429");
        Assert.InRange(poll.NextAt!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(110), TimeSpan.FromMinutes(120));
    }

    [Fact]
    public async Task A_server_that_fails_is_tried_again_until_it_answers()
    {
        var server = await ServeAsync((context, calls) =>
        {
            if (calls >= 2) return AnswerAsync(context, Report);
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await PollAsync(server.Address);
        var poll = await PollIsAsync("polled", view => view.LastStatus == 200);
        Assert.Equal((0, null), (poll.Failures, poll.LastError));
        Assert.Equal(["a"], await ReportsAsync());
    }

    [Fact]
    public async Task A_content_that_is_no_format_of_ours_is_told_and_asked_for_anew()
    {
        var server = await ServeAsync((context, _) =>
        {
            context.Response.Headers.ETag = "\"one\"";
            context.Response.ContentType = "application/pdf";
            return context.Response.WriteAsync("%PDF-1.7");
        });
        Assert.Null((await FailsAsync(server.Address, "what came as 'application/pdf' is in none of the formats")).Etag);
    }

    [Fact]
    public async Task What_is_refused_of_an_answer_is_in_quarantine_and_told()
    {
        var server = await ServeAsync((context, _) => AnswerAsync(context, $$"""[{{Report}},{"externalId":"b"}]"""));
        await PollAsync(server.Address);
        var poll = await PollIsAsync("polled", view => view.LastError is not null);
        Assert.StartsWith("1 of 2 items were refused", poll.LastError, StringComparison.Ordinal);
        Assert.Equal((0, 200), (poll.Failures, poll.LastStatus));
        Assert.Equal(1, await stack.Database.ReadAsync<long>("SELECT count(*) FROM ingestion.quarantine WHERE feed_id = $1", feed.Id));
    }

    [Fact]
    public async Task A_feed_that_is_gone_for_good_is_switched_off()
    {
        var server = await ServeAsync((context, _) =>
        {
            context.Response.StatusCode = 410;
            return Task.CompletedTask;
        });
        await PollAsync(server.Address);
        var poll = await PollIsAsync("switched off", view => !view.Enabled);
        Assert.Contains("410 Gone", poll.LastError, StringComparison.Ordinal);
        using var again = await stack.Api.SendAsync(HttpMethod.Post, stack.Ingestion[0], $"{Path}/now");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task A_feed_is_fetched_by_one_copy_at_a_time_however_often_it_is_due()
    {
        var server = await ServeAsync(async (context, _) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, context.RequestAborted);
            await AnswerAsync(context, Report);
        });
        await PollAsync(server.Address);
        await Eventually.IsTrueAsync("ten fetches", Deadline, async () =>
        {
            foreach (var copy in stack.Ingestion)
            {
                using var now = await stack.Api.SendAsync(HttpMethod.Post, copy, $"{Path}/now");
                Assert.Equal(HttpStatusCode.Accepted, now.StatusCode);
            }
            return server.Calls.Count >= 10;
        });
        Assert.Equal(1, server.MostAtOnce);
    }

    [Fact]
    public async Task Who_asks_for_a_fetch_during_one_gets_another()
    {
        var asked = new TaskCompletionSource();
        var server = await ServeAsync(async (context, _) =>
        {
            await asked.Task.WaitAsync(context.RequestAborted);
            await AnswerAsync(context, Report);
        });
        using var put = await PutAsync(new { address = server.Address, every = "01:00:00" });
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        await Eventually.IsTrueAsync("the first fetch", Deadline, () => server.Calls.Count == 1);
        using var now = await stack.Api.SendAsync(HttpMethod.Post, stack.Ingestion[0], $"{Path}/now");
        Assert.Equal(HttpStatusCode.Accepted, now.StatusCode);
        asked.SetResult();
        await Eventually.IsTrueAsync("the second fetch", Deadline, () => server.Calls.Count == 2);
    }

    [Fact]
    public async Task A_taxii_collection_is_read_page_by_page_and_the_next_time_from_where_it_ended()
    {
        var server = await ServeAsync((context, calls) =>
        {
            context.Response.ContentType = "application/taxii+json;version=2.1";
            if (calls < 2) context.Response.Headers["X-TAXII-Date-Added-Last"] = $"2026-0{calls + 2}-01T00:00:00.000001Z";
            return context.Response.WriteAsync(calls switch
            {
                0 => $$"""{"more":true,"next":"b c","objects":[{{Indicator(1)}}]}""",
                1 => $$"""{"more":false,"objects":[{{Indicator(2)}}]}""",
                _ => "{}",
            });
        });
        using var put = await PutAsync(new { address = $"{server.Root}api/collections/x/", every = "00:00:01", kind = "taxii", auth = new { kind = "bearer", token = "s3cret" } });
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);

        await Eventually.IsTrueAsync("a poll after the end", Deadline, () => server.Calls.Count >= 3);
        Assert.All(server.Calls, call => Assert.Equal(("/api/collections/x/objects/", "Bearer s3cret"), (call.Path, call["Authorization"])));
        Assert.Equal(["?limit=500", "?limit=500&next=b%20c", "?limit=500&added_after=2026-03-01T00%3A00%3A00.000001Z"], server.Calls.Take(3).Select(call => call.Query));
        Assert.Equal("2026-03-01T00:00:00.000001Z", (await PollIsAsync("read", view => view.LastStatus == 200)).AddedAfter);
        Assert.Equal([IndicatorId(1), IndicatorId(2)], (await ReportsAsync()).Order());
    }

    [Fact]
    public async Task A_poll_that_a_killed_copy_had_leased_is_taken_over_once_the_lease_runs_out()
    {
        var server = await ServeAsync((context, _) => AnswerAsync(context, Report));
        var nobody = Guid.NewGuid();
        await PollAsync(server.Address, enabled: false);
        var until = await stack.Database.ReadAsync<DateTimeOffset>(
            "UPDATE ingestion.feed_polls SET lease_owner = $2, lease_until = now() + interval '3 seconds' WHERE feed_id = $1 RETURNING lease_until", feed.Id, nobody);
        await PollAsync(server.Address);
        await PollIsAsync("polled", view => view.LastStatus == 200);
        Assert.InRange(server.Calls[0].At, until, DateTimeOffset.MaxValue);
    }

    [Fact]
    public async Task Secrets_can_be_written_and_not_read_and_do_not_follow_to_another_server()
    {
        var server = await ServeAsync((context, _) => AnswerAsync(context, Report));
        await PollAsync(server.Address, auth: new { kind = "header", name = "X-Key", value = "s3cret" });
        await PollIsAsync("polled", view => view.LastStatus == 200);
        Assert.Equal("s3cret", server.Calls[0]["X-Key"]);
        Assert.DoesNotContain("s3cret", (await stack.Api.GetAsync<JsonElement>(stack.Ingestion[1], Path)).GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", await stack.Database.ReadAsync<string>("SELECT encode(credentials, 'escape') FROM ingestion.feed_polls WHERE feed_id = $1", feed.Id), StringComparison.Ordinal);

        using var elsewhere = await PutAsync(new { address = "https://elsewhere.example/feed", every = "00:05:00" });
        Assert.Equal(HttpStatusCode.BadRequest, elsewhere.StatusCode);
        Assert.Contains("\"auth\"", await elsewhere.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await PollAsync($"{server.Root}other");
        await Eventually.IsTrueAsync("the other address is asked", Deadline, () => server.Calls.Any(call => call.Path == "/other"));
        Assert.Equal("s3cret", server.Calls.First(call => call.Path == "/other")["X-Key"]);
    }

    [Fact]
    public async Task A_poll_that_is_not_valid_is_told_by_its_fields()
    {
        using var answer = await PutAsync(new { address = "ftp://a.example", every = "00:00:00.5", auth = new { kind = "bearer" } });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal(["address", "auth.token", "every"], errors.EnumerateObject().Select(error => error.Name).Order());

        using var unknown = await stack.Api.SendAsync(HttpMethod.Put, stack.Ingestion[0], $"/v1/feeds/{Guid.NewGuid()}/poll", new { address = "https://a.example/", every = "01:00:00" });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var none = await stack.Api.SendAsync(HttpMethod.Get, stack.Ingestion[0], Path);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private async Task<FeedServer> ServeAsync(Func<HttpContext, int, Task> script)
    {
        var server = await FeedServer.StartAsync(script);
        servers.Add(server);
        return server;
    }

    private Task<HttpResponseMessage> PutAsync(object body) => stack.Api.SendAsync(HttpMethod.Put, stack.Ingestion[0], Path, body);

    private async Task PollAsync(string address, object? auth = null, bool enabled = true)
    {
        using var answer = await PutAsync(auth is null ? new { address, every = "00:00:01", enabled } : new { address, every = "00:00:01", enabled, auth });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<PollShown> FailsAsync(string address, string reason)
    {
        await PollAsync(address);
        var poll = await PollIsAsync("failed", view => view.LastError is not null);
        Assert.Contains(reason, poll.LastError, StringComparison.Ordinal);
        Assert.InRange(poll.Failures, 1, int.MaxValue);
        return poll;
    }

    private Task<PollShown> PollIsAsync(string what, Func<PollShown, bool> fits) => Eventually.HasAsync(what, Deadline, async () =>
    {
        var poll = await stack.Api.GetAsync<PollShown>(stack.Ingestion[1], Path);
        return fits(poll) ? poll : null;
    });

    private Task<List<string>> ReportsAsync() => stack.Database.ListAsync<string>("SELECT external_id FROM ingestion.reports WHERE feed_id = $1", feed.Id);

    private static string IndicatorId(int number) => $"indicator--7b1f9f0e-8a7c-4c59-9f5e-00000000000{number}";

    private static string Indicator(int number) =>
        $$"""
        {"type":"indicator","spec_version":"2.1","id":"{{IndicatorId(number)}}","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z",
         "name":"Server {{number}}","pattern":"[domain-name:value = 'crane.example']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"}
        """;

    private static Task AnswerAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    private static async Task AnswerAsync(HttpContext context, byte[] body, string encoding)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.ContentEncoding = encoding;
        context.Response.Headers.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    private static byte[] Compress(string text, string encoding)
    {
        using var compressed = new MemoryStream();
        using (Stream encoder = encoding == "gzip" ? new GZipStream(compressed, CompressionMode.Compress) : new BrotliStream(compressed, CompressionMode.Compress))
            encoder.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }

    private sealed record PollShown(bool Enabled, string? Etag, int Failures, int? LastStatus, string? LastError, DateTimeOffset? NextAt, string? AddedAfter);
}
