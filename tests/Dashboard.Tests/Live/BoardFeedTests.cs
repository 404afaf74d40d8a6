using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Abstractions;
using Monitoring.Contracts;
using Monitoring.Dashboard.Live;
using Monitoring.Dashboard.Upstream;

namespace Monitoring.Dashboard.Tests.Live;

public sealed class BoardFeedTests : IAsyncDisposable
{
    private readonly ManualTime time = new();
    private readonly LiveOptions options = new() { ResolvedRows = 1_000 };
    private readonly AlertingOnTheWire alerting = new();
    private readonly LiveBoard board;
    private readonly BoardFeed feed;

    public BoardFeedTests()
    {
        board = new LiveBoard(options);
        var api = new AlertingApi(new HttpClient(alerting) { BaseAddress = new Uri("http://alerting/") }, NullLogger<AlertingApi>.Instance);
        feed = new BoardFeed(board, api, options, time, NullLogger<BoardFeed>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await feed.StopAsync(CancellationToken.None);
        feed.Dispose();
        alerting.Dispose();
    }

    [Fact]
    public async Task All_open_alerts_are_read_however_many_pages_they_fill()
    {
        alerting.Alerts = [.. Enumerable.Range(1, 2_500).Select(number => Some.Alert(number))];

        await feed.StartAsync(CancellationToken.None);

        await UntilAsync(() => board.Look(AlertFilter.Open)?.Matching == 2_500);
    }

    [Fact]
    public async Task Alerting_that_is_away_is_asked_again_and_nothing_is_shown_before()
    {
        alerting.IsAway = true;
        await feed.StartAsync(CancellationToken.None);
        await UntilAsync(() => time.Waiting > 0);
        Assert.Null(board.Look(AlertFilter.Open));

        alerting.Alerts = [Some.Alert(1)];
        alerting.IsAway = false;
        time.Advance(TimeSpan.FromSeconds(1));

        await UntilAsync(() => board.Look(AlertFilter.Open)?.Matching == 1);
    }

    [Fact]
    public async Task What_the_bus_did_not_tell_is_caught_up_with()
    {
        alerting.Alerts = [Some.Alert(1), Some.Alert(2)];
        await feed.StartAsync(CancellationToken.None);
        await UntilAsync(() => board.IsOpen && time.Waiting > 0);

        alerting.Alerts = [Some.Alert(1), Some.Alert(2, version: 2, state: AlertState.Resolved), Some.Alert(3)];
        time.Advance(options.CatchUpInterval);

        await UntilAsync(() => board.Look(AlertFilter.Open)!.Rows.Select(row => row.Id).SequenceEqual([Some.Id(3), Some.Id(1)]));
    }

    [Fact]
    public async Task The_board_is_stale_while_alerting_cannot_be_asked()
    {
        await feed.StartAsync(CancellationToken.None);
        await UntilAsync(() => board.Look(AlertFilter.Open) is { IsStale: false } && time.Waiting > 0);

        alerting.IsAway = true;
        time.Advance(options.CatchUpInterval);
        await UntilAsync(() => board.Look(AlertFilter.Open)!.IsStale && time.Waiting > 0);

        alerting.IsAway = false;
        time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => !board.Look(AlertFilter.Open)!.IsStale);
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

    /// <summary>Alerting's list as it is on the wire: filtered by state and time, newest first, in pages.</summary>
    private sealed class AlertingOnTheWire : HttpMessageHandler
    {
        public IReadOnlyList<Alert> Alerts { get; set; } = [];

        public bool IsAway { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (IsAway) throw new HttpRequestException("Connection refused");
            var query = QueryHelpers.ParseQuery(request.RequestUri!.Query);
            var states = query["state"].ToString().Split(',').Select(Wire<AlertState>.Parse).ToHashSet();
            var after = query.TryGetValue("updatedAfter", out var time) ? DateTimeOffset.Parse(time.ToString(), System.Globalization.CultureInfo.InvariantCulture) : default;
            var skip = query.TryGetValue("cursor", out var cursor) ? int.Parse(cursor.ToString(), System.Globalization.CultureInfo.InvariantCulture) : 0;
            var limit = int.Parse(query["limit"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
            var matching = Alerts.Where(alert => states.Contains(alert.State) && alert.UpdatedAt > after).OrderByDescending(alert => alert.CreatedAt).ToList();
            var page = new Page<Alert>([.. matching.Skip(skip).Take(limit)], matching.Count > skip + limit ? $"{skip + limit}" : null);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(page, options: ContractsJson.Default.Options) });
        }
    }
}
