using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Integration.Tests.Intake;

[Collection(SharedStackTests.Name)]
public sealed class ReportsTests(SharedStack shared) : IAsyncLifetime
{
    private readonly Stack stack = shared.Stack;
    private TestFeed feed = null!;

    public async ValueTask InitializeAsync() => feed = await stack.Api.CreateFeedAsync($"feed-{Guid.NewGuid():N}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_report_posted_again_gives_the_same_id_and_no_second_report()
    {
        var report = new { externalId = "a", title = "Flood in Poland" };
        var first = Single(await stack.Api.AcceptAsync(feed, report), "accepted");
        var again = Single(await stack.Api.AcceptAsync(feed, report), "duplicates");

        Assert.Equal(Ids.Report(feed.Id, "a"), first.GetProperty("id").GetGuid());
        Assert.Equal(first.GetProperty("id").GetGuid(), again.GetProperty("id").GetGuid());
        Assert.Equal(1, await RevisionsAsync("a"));
    }

    [Fact]
    public async Task The_same_post_from_many_connections_at_once_is_one_report()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => stack.Api.AcceptAsync(feed, new { externalId = "a", title = "Flood" })));
        Assert.Equal(1, answers.Sum(answer => answer.GetProperty("accepted").GetArrayLength()));
        Assert.Equal(39, answers.Sum(answer => answer.GetProperty("duplicates").GetArrayLength()));
        Assert.Equal(1, await RevisionsAsync("a"));
    }

    [Fact]
    public async Task A_post_repeated_under_its_idempotency_key_makes_no_second_report_where_the_feed_names_none()
    {
        static void Key(HttpRequestMessage request) => request.Headers.Add("Idempotency-Key", "2026-11-24/1");
        using var first = await stack.Api.PostReportsAsync(feed, new { title = "A report without a name of its own" }, Key);
        using var again = await stack.Api.PostReportsAsync(feed, new { title = "A report without a name of its own" }, Key);

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal(1, await stack.Database.ReadAsync<long>("SELECT count(*) FROM ingestion.reports WHERE feed_id = $1", feed.Id));
    }

    [Fact]
    public async Task A_text_that_is_changed_and_changed_back_is_three_revisions()
    {
        foreach (var (title, revision) in new[] { (Own("A"), 1), (Own("B"), 2), (Own("A"), 3) })
            Assert.Equal(revision, Single(await stack.Api.AcceptAsync(feed, new { externalId = "a", title }), "accepted").GetProperty("revision").GetInt32());
        await AllRevisionsAsync(Own("A"));
    }

    [Fact]
    public async Task The_same_key_many_times_in_one_post_is_as_many_revisions_as_it_changes()
    {
        var answer = await stack.Api.AcceptAsync(feed, new[] { "A", "A", "B", "A", "B", "B" }.Select(title => new { externalId = "a", title = Own(title) }));
        Assert.Equal([1, 2, 3, 4], answer.GetProperty("accepted").EnumerateArray().Select(item => item.GetProperty("revision").GetInt32()));
        Assert.Equal(2, answer.GetProperty("duplicates").GetArrayLength());
        var incident = await stack.Api.IncidentAsync(Ids.Incident(Ids.Report(feed.Id, "a")), "the newest revision", found => found.Title == Own("B"));
        Assert.Equal(4, Assert.Single(incident.Reports!).Revision);
    }

    [Fact]
    public async Task One_bad_item_among_499_good_ones_is_quarantined_with_its_bytes_and_the_others_are_accepted()
    {
        var items = Enumerable.Range(0, 500).Select(number => number == 250
            ? """{"externalId":"bad","title":"Storm","places":[{"lat":123.4,"lon":0}]}"""
            : $$"""{"externalId":"{{number}}","title":"Storm {{number}}"}""");
        var answer = await stack.Api.AcceptAsync(feed, $"[{string.Join(',', items)}]");

        Assert.Equal(499, answer.GetProperty("accepted").GetArrayLength());
        var rejected = Single(answer, "rejected");
        Assert.Equal(250, rejected.GetProperty("index").GetInt32());
        Assert.Contains("lat", rejected.GetProperty("problem").ToString(), StringComparison.Ordinal);
        var kept = await stack.Api.GetAsync<JsonElement>(stack.Ingestion[0], "/v1/quarantine?limit=1000");
        Assert.Contains(kept.GetProperty("items").EnumerateArray(), item => item.ToString().Contains(feed.Id.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"externalId":"a","title":"Storm","occurredAt":"yesterday"}""", "occurredAt")]
    [InlineData("""{"externalId":"a"}""", "title")]
    [InlineData("""{"externalId":"a","title":"Storm","status":"unheard-of"}""", "status")]
    [InlineData("""{"externalId":"a","title":"null character \u0000"}""", "title")]
    [InlineData("""{"externalId":"a","title":"half a pair \ud800"}""", "title")]
    public async Task A_post_of_nothing_but_a_bad_item_is_refused_with_the_fields_name(string item, string field)
    {
        using var answer = await stack.Api.PostReportsAsync(feed, item);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(field, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_field_becomes_an_attribute()
    {
        await stack.Api.AcceptAsync(feed, """{"externalId":"a","title":"Storm","warden":"north"}""");
        var report = await stack.Api.GetAsync<JsonElement>(stack.Ingestion[0], $"/v1/reports/{Ids.Report(feed.Id, "a")}");
        Assert.Contains("\"warden\":\"north\"", report.GetRawText().Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_raw_bytes_of_an_item_are_kept_as_they_came()
    {
        const string item = """{ "externalId" : "a",  "title":"Überschwemmung" }""";
        await stack.Api.AcceptAsync(feed, $"[{item}]");
        using var raw = await stack.Api.SendAsync(HttpMethod.Get, stack.Ingestion[0], $"/v1/reports/{Ids.Report(feed.Id, "a")}/raw");
        Assert.Equal(item, await raw.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_stream_of_lines_is_taken(string encoding)
    {
        var lines = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 1_000).Select(number => $$"""{"externalId":"{{number}}","title":"Storm"}""")));
        var packed = new MemoryStream();
        await using (Stream packing = encoding == "gzip" ? new GZipStream(packed, CompressionMode.Compress, leaveOpen: true) : new BrotliStream(packed, CompressionMode.Compress, leaveOpen: true))
            await packing.WriteAsync(lines);
        var content = new ByteArrayContent(packed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson"), ContentEncoding = { encoding } } };

        Assert.Equal(1_000, (await stack.Api.AcceptAsync(feed, content)).GetProperty("accepted").GetArrayLength());
    }

    [Fact]
    public async Task A_stream_that_breaks_off_keeps_what_came_before_the_break()
    {
        var answer = await stack.Api.AcceptAsync(feed, """[{"externalId":"a","title":"Storm"},{"externalId":"b","title":"Storm"},{"externalId":"c","tit""");
        Assert.Equal(2, answer.GetProperty("accepted").GetArrayLength());
        Assert.Equal(2, Single(answer, "rejected").GetProperty("index").GetInt32());
    }

    [Fact]
    public async Task A_post_of_more_items_than_allowed_keeps_those_up_to_the_bound()
    {
        var lines = string.Join('\n', Enumerable.Range(0, SharedStack.ItemsAtMost + 10).Select(number => $$"""{"externalId":"{{number}}","title":"S","status":"test"}"""));
        var content = new StringContent(lines, new MediaTypeHeaderValue("application/x-ndjson"));
        var answer = await stack.Api.AcceptAsync(feed, content);
        Assert.Equal(SharedStack.ItemsAtMost, answer.GetProperty("accepted").GetArrayLength());
        Assert.Equal(SharedStack.ItemsAtMost, Single(answer, "rejected").GetProperty("index").GetInt32());
    }

    [Fact]
    public async Task A_feed_without_a_name_is_not_made_and_the_answer_names_the_field()
    {
        using var answer = await stack.Api.SendAsync(HttpMethod.Post, stack.Ingestion[0], "/v1/feeds", new { reliability = "B" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("name", out _));
    }

    [Fact]
    public async Task A_feed_that_posts_faster_than_its_limit_is_told_when_to_come_again()
    {
        var slow = await stack.Api.CreateFeedAsync($"feed-{Guid.NewGuid():N}", rateLimit: 5);
        HttpResponseMessage? refused = null;
        for (var number = 0; number < 100 && refused is null; number++)
        {
            var answer = await stack.Api.PostReportsAsync(slow, new { externalId = $"{number}", title = "Storm" });
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) refused = answer;
            else answer.Dispose();
        }

        Assert.NotNull(refused?.Headers.RetryAfter?.Delta);
        refused.Dispose();
        Assert.Single((await stack.Api.AcceptAsync(feed, new { externalId = "other", title = "Storm" })).GetProperty("accepted").EnumerateArray());
    }

    [Fact]
    public async Task Without_a_feeds_key_nothing_is_taken_and_a_feeds_key_opens_nothing_else()
    {
        using var stranger = await stack.Api.PostReportsAsync(feed with { Key = "mfk_unknown" }, new { externalId = "a", title = "Storm" });
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", feed.Key) } };
        using var curious = await http.GetAsync(new Uri(stack.Ingestion[0].Address, "/v1/feeds"));
        Assert.Contains(curious.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
    }

    [Fact]
    public async Task Only_an_actual_report_alerts()
    {
        var word = $"status{Guid.NewGuid():N}"[..16];
        var rule = await stack.Api.CreateRuleAsync(word, word);
        string[] statuses = ["exercise", "test", "system", "draft", "actual"];
        await stack.Api.AcceptAsync(feed, statuses.Select(status => new { externalId = status, title = $"Ransomware at a hospital in Estonia {word}", status }));

        await stack.Api.AlertAsync(AlertOf("actual"), "the alert of the actual report", _ => true);
        foreach (var status in statuses)
            await stack.Api.IncidentAsync(Ids.Incident(Ids.Report(feed.Id, status)), $"the incident of status {status}", _ => true);
        Assert.Equal([AlertOf("actual")], await stack.Database.ListAsync<Guid>("SELECT id FROM alerting.alerts WHERE rule_id = $1", rule));

        Guid AlertOf(string status) => Ids.Alert(rule, Ids.Incident(Ids.Report(feed.Id, status)));
    }

    /// <summary>A title that no other test has: two that tell the same are one incident.</summary>
    private string Own(string title) => $"{title} {feed.Id:N}";

    private static JsonElement Single(JsonElement answer, string list) => Assert.Single(answer.GetProperty(list).EnumerateArray().ToList());

    private async Task AllRevisionsAsync(string title)
    {
        var report = await stack.Api.GetAsync<JsonElement>(stack.Ingestion[0], $"/v1/reports/{Ids.Report(feed.Id, "a")}");
        Assert.Equal(3, report.GetProperty("revisions").GetArrayLength());
        await stack.Api.IncidentAsync(Ids.Incident(Ids.Report(feed.Id, "a")), "the third revision", found => found.Title == title && found.Reports!.Single().Revision == 3);
    }

    private Task<long> RevisionsAsync(string externalId) =>
        stack.Database.ReadAsync<long>("SELECT count(*) FROM ingestion.report_revisions WHERE report_id = $1", Ids.Report(feed.Id, externalId));
}
