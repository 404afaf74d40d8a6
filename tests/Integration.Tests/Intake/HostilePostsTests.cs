using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Tests.Formats;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Integration.Tests.Intake;

/// <summary>Bodies that nobody sends by mistake: each gets an answer in time, and the service lives on, in bounded memory and without an exception in its log.</summary>
public sealed class HostilePostsTests(Servers servers) : IAsyncLifetime
{
    private const long MemoryAtMost = 900L << 20;
    private static readonly int[] Answers = [202, 400, 408, 413, 415, 422, 429];

    private Stack stack = null!;
    private TestFeed feed = null!;

    public async ValueTask InitializeAsync()
    {
        stack = await Stack.StartAsync(servers, copies: 1, "Ingestion");
        feed = await stack.Api.CreateFeedAsync($"feed-{Guid.NewGuid():N}");
    }

    public async ValueTask DisposeAsync() => await stack.DisposeAsync();

    [Fact]
    public async Task Every_formats_sample_in_every_state_of_damage_gets_an_answer()
    {
        foreach (var format in FeedFormats.All)
        {
            var bodies = Damage.Of(Encoding.UTF8.GetBytes(format.Example)).Sample(25, new Rnd(Damage.Seed, Damage.Gamma), 50);
            foreach (var body in bodies)
            {
                await AnswersAsync(body, $"?format={format.Name}", "application/octet-stream", format.Name);
                await AnswersAsync(body, "", format.ContentTypes.Count > 0 ? format.ContentTypes[0] : "text/plain", format.Name);
            }
        }
        await LivesAsync();
    }

    [Fact]
    public async Task Bombs_depths_and_floods_are_refused()
    {
        await RefusedAsync("""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss><channel><item><title>&c;</title></item></channel></rss>""", "application/rss+xml", 400);
        await RefusedAsync("""<?xml version="1.0"?><!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><channel/></rss>""", "text/xml", 400);
        await RefusedAsync(string.Concat(Enumerable.Repeat("<a>", 100_000)), "text/xml", 400);
        await RefusedAsync(new string('[', 100_000), "application/json", 400);
        await RefusedAsync(Nested(100), "application/json", 400);
        await RefusedAsync($$"""{"title":"a million members",{{string.Join(',', Enumerable.Range(0, 1_000_000).Select(number => $"\"k{number}\":1"))}}}""", "application/json", 400);
        await RefusedAsync("{\"title\":\"" + new string('x', 10 << 20) + "\"}", "application/x-ndjson", 400);
        await RefusedAsync("""{"title":"half a pair \ud800"}""", "application/json", 400);
        await RefusedAsync("{\"title\":\"a\0b\"}", "application/json", 400);
        await RefusedAsync("nothing in particular", "text/plain", 415);
        foreach (var type in new[] { "application/json", "application/x-ndjson", "application/rss+xml", "application/stix+json", "text/csv" })
            Assert.Contains((int)await StatusAsync(Packed(300 << 20, type)), new[] { 400, 413, 415 });
        await LivesAsync();
    }

    [Fact]
    public async Task A_body_that_comes_too_slowly_or_ends_too_early_is_given_up()
    {
        var slow = SendAsync("{\"title\":\"", claimed: 1_000, drip: true);
        var early = SendAsync("""{"title":"short"}""", claimed: 1_000, drip: false);
        Assert.Contains(" 408 ", await slow.WaitAsync(TimeSpan.FromSeconds(60)), StringComparison.Ordinal);
        Assert.DoesNotContain(" 5", (await early.WaitAsync(TimeSpan.FromSeconds(60))).Split('\n')[0], StringComparison.Ordinal);
        await LivesAsync();
    }

    private static string Nested(int depth) => "{\"title\":\"deep\",\"x\":" + new string('[', depth) + new string(']', depth) + "}";

    private async Task AnswersAsync(byte[] body, string query, string type, string format)
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        using var answer = await stack.Api.PostReportsAsync(feed, content, request => request.RequestUri = new Uri(request.RequestUri + query));
        Assert.True(Answers.Contains((int)answer.StatusCode), $"{format}: {(int)answer.StatusCode} for {Convert.ToBase64String(body)}\n{stack.Ingestion[0].Log}");
    }

    private async Task RefusedAsync(string body, string type, int status)
    {
        using var answer = await stack.Api.PostReportsAsync(feed, new StringContent(body, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) } });
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task<HttpStatusCode> StatusAsync(HttpContent content)
    {
        using var answer = await stack.Api.PostReportsAsync(feed, content);
        return answer.StatusCode;
    }

    private static ByteArrayContent Packed(int bytes, string type)
    {
        var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var spaces = new byte[1 << 20];
            Array.Fill(spaces, (byte)' ');
            for (var written = 0; written < bytes; written += spaces.Length) packing.Write(spaces);
        }
        return new ByteArrayContent(packed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue(type), ContentEncoding = { "gzip" } } };
    }

    /// <summary>Sends less than it claims: a byte now and then until the server has had enough, or no more at all.</summary>
    private async Task<string> SendAsync(string body, int claimed, bool drip)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, stack.Ingestion[0].Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /v1/reports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {feed.Key}\r\nContent-Type: application/json\r\nContent-Length: {claimed}\r\n\r\n{body}"));
        if (!drip) client.Client.Shutdown(SocketShutdown.Send);
        var answer = new byte[4_096];
        var reading = stream.ReadAsync(answer).AsTask();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (drip && !reading.IsCompleted && await timer.WaitForNextTickAsync()) await stream.WriteAsync("x"u8.ToArray());
        return Encoding.ASCII.GetString(answer, 0, await reading);
    }

    private async Task LivesAsync()
    {
        await stack.Api.AcceptAsync(feed, new { externalId = $"{Guid.NewGuid():N}", title = "Still there" });
        Assert.DoesNotContain("Exception", stack.Ingestion[0].Log, StringComparison.Ordinal);
        Assert.InRange(stack.Ingestion[0].PeakMemory, 1, MemoryAtMost);
    }
}
