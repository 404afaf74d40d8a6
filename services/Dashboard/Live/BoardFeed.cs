using System.Globalization;
using MassTransit;
using Monitoring.Contracts;
using Monitoring.Dashboard.Upstream;

namespace Monitoring.Dashboard.Live;

/// <summary>
/// Keeps the board true to Alerting's database: reads the open alerts once, then what changed, on every reconnection of the bus and from
/// time to time. What the bus tells in between is only sooner.
/// </summary>
internal sealed partial class BoardFeed(
    LiveBoard board, AlertingApi alerting, LiveOptions options, TimeProvider time, ILogger<BoardFeed> logger) : BackgroundService, IReceiveEndpointObserver
{
    /// <summary>Alerts of transactions that were under way while the last page was read carry times a little before its newest.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(1);

    private readonly Nudge nudge = new(time);
    private DateTimeOffset newestChange = DateTimeOffset.UnixEpoch;
    private bool? wasRead;
    private string problem = "";

    Task IReceiveEndpointObserver.Ready(ReceiveEndpointReady ready)
    {
        nudge.Give();
        return Task.CompletedTask;
    }

    Task IReceiveEndpointObserver.Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    Task IReceiveEndpointObserver.Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    Task IReceiveEndpointObserver.Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var read = board.IsOpen ? await CatchUpAsync(stoppingToken) : await LoadAsync(stoppingToken);
            board.SetStale(!read);
            // Once an outage, not once a try.
            if (read != wasRead) Log(read);
            wasRead = read;
            // Or the bus came back, and may have missed something.
            await nudge.WaitAsync(read ? options.CatchUpInterval : RetryWait, stoppingToken);
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (!await ReadAllAsync($"?state={AlertFilter.OpenStates.Names}", cancellationToken)) return false;
        var pages = (options.ResolvedRows + 999) / 1_000;
        string? cursor = null;
        Alert? oldest = null;
        for (var page = 0; page < pages; page++)
        {
            if (await ReadPageAsync("?state=resolved", cursor, cancellationToken) is not { } read) return false;
            cursor = read.Next;
            if (cursor is null) break;
            oldest = read.Items[^1];
        }
        board.Open(cursor is null ? null : oldest);
        return true;
    }

    private Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        var after = Uri.EscapeDataString((newestChange - Overlap).UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        return ReadAllAsync($"?state=firing,acknowledged,resolved&updatedAfter={after}", cancellationToken);
    }

    private async Task<bool> ReadAllAsync(string query, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            if (await ReadPageAsync(query, cursor, cancellationToken) is not { } page) return false;
            cursor = page.Next;
        }
        while (cursor is not null);
        return true;
    }

    private async Task<Page<Alert>?> ReadPageAsync(string query, string? cursor, CancellationToken cancellationToken)
    {
        var answer = await alerting.ListAsync($"{query}&limit=1000{(cursor is null ? "" : $"&cursor={cursor}")}", acting: null, cancellationToken);
        if (answer.ValueOrDefault is not { } page)
        {
            problem = answer switch
            {
                Answer<Page<Alert>>.Away away => away.Reason,
                Answer<Page<Alert>>.Refused refused => refused.Problem,
                _ => "there is no such list",
            };
            return null;
        }
        foreach (var alert in page.Items)
        {
            if (alert.UpdatedAt > newestChange) newestChange = alert.UpdatedAt;
        }
        board.Apply(page.Items);
        return page;
    }

    private void Log(bool read)
    {
        if (read) LogTrue();
        else LogStale(problem);
    }

    [LoggerMessage(LogLevel.Information, "The list of alerts is true to Alerting's")]
    private partial void LogTrue();

    [LoggerMessage(LogLevel.Warning, "The list of alerts is stale, Alerting cannot be asked: {Reason}")]
    private partial void LogStale(string reason);
}

/// <summary>Puts what Alerting tells on the board.</summary>
internal sealed class AlertsChangedConsumer(LiveBoard board) : IConsumer<AlertsChanged>
{
    public Task Consume(ConsumeContext<AlertsChanged> context)
    {
        board.Apply(context.Message.Alerts);
        return Task.CompletedTask;
    }
}
