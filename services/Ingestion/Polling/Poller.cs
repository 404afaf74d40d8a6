using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Monitoring.Ingestion.Feeds;
using Monitoring.Ingestion.Freshness;
using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Storage;
using Monitoring.ServiceDefaults.Telemetry;

namespace Monitoring.Ingestion.Polling;

/// <summary>Fetches the feeds that are due, so many at a time; what other copies fetch is left to them by leases.</summary>
internal sealed partial class Poller(
    PollStore store, FeedPoll polls, KnownFeeds feeds, FeedHearing hearing, Schedule schedule, IOptions<PollingOptions> options, DatabaseReady ready, TimeProvider time,
    ILogger<Poller> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    /// <summary>At shutdown leases may be given back within this time; else they run out.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly Counter<long> Outcomes = Metrics.Meter.CreateCounter<long>("monitoring.polls", "{poll}", "Fetches of feeds, by outcome.");

    private readonly SemaphoreSlim due = new(0);

    /// <summary>Looks for what is due at once.</summary>
    public void Wake()
    {
        if (due.CurrentCount == 0) due.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        var running = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            running.RemoveAll(poll => poll.IsCompleted);
            try
            {
                if (running.Count < options.Value.Concurrency)
                    running.AddRange((await store.ClaimAsync(options.Value.Concurrency - running.Count, stoppingToken)).Select(poll => PollAsync(poll, stoppingToken)));
            }
            catch (Exception exception) when (TransientFaults.IsTransient(exception))
            {
                LogAway(exception.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            await WaitAsync(stoppingToken);
        }
        await Task.WhenAll(running);
    }

    public override void Dispose()
    {
        due.Dispose();
        base.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await due.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Never throws: what can't be written down is met again when the lease has run out.</summary>
    private async Task PollAsync(PollRow poll, CancellationToken stopping)
    {
        using var activity = Trace.Group("poll", []);
        try
        {
            await using var lease = new PollLease(store, poll, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, lease.Lost);
            try
            {
                await CompleteAsync(poll, await feeds.ReadAsync(poll.FeedId, either.Token), either.Token);
            }
            catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !stopping.IsCancellationRequested)
            {
                LogLost(poll.FeedId);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                using var grace = new CancellationTokenSource(Grace, time);
                await store.ReleaseAsync(poll, grace.Token);
            }
        }
        catch (Exception exception) when (TransientFaults.IsTransient(exception) || exception is OperationCanceledException)
        {
            LogAway(exception.Message);
        }
        catch (Exception exception)
        {
            LogDefect(exception, poll.FeedId);
        }
        finally
        {
            Wake();
        }
    }

    private async Task CompleteAsync(PollRow poll, KnownFeed feed, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        PollOutcome outcome;
        try
        {
            outcome = await polls.RunAsync(poll, feed, cancellationToken);
        }
        catch (Exception exception) when (!TransientFaults.IsTransient(exception) && exception is not OperationCanceledException)
        {
            LogDefect(exception, poll.FeedId);
            outcome = new PollOutcome.Failed(null, "a defect of the poller, which its log tells of");
        }
        var state = PollState.After(outcome, poll, schedule, time.GetUtcNow());
        await store.CompleteAsync(poll, state, cancellationToken);
        if (outcome is PollOutcome.Fetched or PollOutcome.Unmodified) hearing.Heard(feed.Id, time.GetUtcNow());
        Outcomes.Add(1, new KeyValuePair<string, object?>("outcome", outcome.Name));
        Log(outcome, feed, poll, state, time.GetElapsedTime(started));
    }

    private void Log(PollOutcome outcome, KnownFeed feed, PollRow poll, PollState state, TimeSpan took)
    {
        switch (outcome)
        {
            case PollOutcome.Fetched { Remark: { } remark }:
                LogRefusals(feed.Name, remark);
                break;
            case PollOutcome.Failed failed when poll.Failures == 0:
                LogFailed(feed.Name, failed.Reason, state.NextAt);
                break;
            case PollOutcome.Failed failed:
                LogFailedAgain(feed.Name, state.Failures, failed.Reason, state.NextAt);
                break;
            case PollOutcome.Gone:
                LogGone(feed.Name);
                break;
            case PollOutcome.Fetched or PollOutcome.Unmodified when poll.Failures > 0:
                LogRecovered(feed.Name, poll.Failures);
                break;
            default:
                LogPolled(feed.Name, outcome.Name, (int)took.TotalMilliseconds);
                break;
        }
    }

    [LoggerMessage(LogLevel.Debug, "Polled {Feed}: {Outcome} in {Milliseconds} ms")]
    private partial void LogPolled(string feed, string outcome, int milliseconds);

    [LoggerMessage(LogLevel.Information, "{Feed} can be fetched again, after {Failures} failures")]
    private partial void LogRecovered(string feed, int failures);

    [LoggerMessage(LogLevel.Warning, "Of what was fetched from {Feed}, {Remark}")]
    private partial void LogRefusals(string feed, string remark);

    [LoggerMessage(LogLevel.Warning, "{Feed} could not be fetched: {Reason}. The next try is at {NextAt:u}")]
    private partial void LogFailed(string feed, string reason, DateTimeOffset nextAt);

    [LoggerMessage(LogLevel.Information, "{Feed} could not be fetched, {Failures} times in a row: {Reason}. The next try is at {NextAt:u}")]
    private partial void LogFailedAgain(string feed, int failures, string reason, DateTimeOffset nextAt);

    [LoggerMessage(LogLevel.Warning, "{Feed} is gone for good (410), and is not polled any more")]
    private partial void LogGone(string feed);

    [LoggerMessage(LogLevel.Warning, "The poll of feed {FeedId} took longer than its lease, and was given up")]
    private partial void LogLost(Guid feedId);

    [LoggerMessage(LogLevel.Warning, "Polls wait for the database: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Error, "The poll of feed {FeedId} failed by a defect")]
    private partial void LogDefect(Exception exception, Guid feedId);
}
