using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Monitoring.Contracts;
using Monitoring.Dashboard.Live;
using Monitoring.Dashboard.Upstream;

namespace Monitoring.Dashboard.Tests.Live;

public sealed class QuietWatchTests : IAsyncDisposable
{
    private readonly ManualTime time = new();
    private readonly LiveOptions options = new();
    private readonly IngestionOnTheWire ingestion = new();
    private readonly LiveBoard board;
    private readonly QuietWatch watch;

    public QuietWatchTests()
    {
        board = new LiveBoard(options);
        board.Open(oldestResolved: null);
        var api = new IngestionApi(new HttpClient(ingestion) { BaseAddress = new Uri("http://ingestion/") }, NullLogger<IngestionApi>.Instance);
        watch = new QuietWatch(board, api, options, time);
    }

    public async ValueTask DisposeAsync()
    {
        await watch.StopAsync(CancellationToken.None);
        watch.Dispose();
        ingestion.Dispose();
    }

    [Fact]
    public async Task A_feed_that_goes_quiet_is_asked_for_at_the_hint()
    {
        await watch.StartAsync(CancellationToken.None);
        await UntilAsync(() => board.Quiet == "");

        ingestion.Quiet = [new(Guid.NewGuid(), "harbour", FeedHealth.Silent, null)];
        watch.Hint();
        await UntilAsync(() => time.Waiting > 0);
        time.Advance(options.FrameInterval);

        await UntilAsync(() => board.Quiet.Contains("harbour", StringComparison.Ordinal));
        Assert.Equal("/v1/feeds?health=late,silent&limit=1000", ingestion.Asked);
    }

    [Fact]
    public async Task What_the_bus_did_not_tell_is_caught_up_with()
    {
        await watch.StartAsync(CancellationToken.None);
        await UntilAsync(() => board.Quiet == "");
        ingestion.Quiet = [new(Guid.NewGuid(), "harbour", FeedHealth.Late, null)];

        // First the pause between two questions, then the time until the next.
        await UntilAsync(() => time.Waiting > 0);
        time.Advance(options.FrameInterval);
        await UntilAsync(() => time.Waiting > 0);
        time.Advance(options.CatchUpInterval);

        await UntilAsync(() => board.Quiet.Contains("harbour", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_answer_it_is_not_known_which_feeds_are_quiet()
    {
        await watch.StartAsync(CancellationToken.None);
        await UntilAsync(() => board.Quiet == "");
        ingestion.IsAway = true;
        watch.Hint();
        await UntilAsync(() => time.Waiting > 0);
        time.Advance(options.FrameInterval);
        await UntilAsync(() => board.Quiet == QuietHtml.Of(null));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class IngestionOnTheWire : HttpMessageHandler
    {
        public IReadOnlyList<QuietFeed> Quiet { get; set; } = [];

        public bool IsAway { get; set; }

        public string? Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (IsAway) throw new HttpRequestException("Connection refused");
            Asked = request.RequestUri!.PathAndQuery;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new Page<QuietFeed>(Quiet, null)) });
        }
    }
}
