using System.Collections.Concurrent;
using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Channels;
using Monitoring.Alerting.Storage;
using Monitoring.ServiceDefaults.Bulk;
using Monitoring.ServiceDefaults.Storage;
using Monitoring.ServiceDefaults.Telemetry;

namespace Monitoring.Alerting.Delivery;

/// <summary>
/// Sends deliveries: those that this copy just wrote come in memory; retries, and what other copies left, are claimed from the table each
/// second. A delivery whose outcome could not be recorded is sent again under the same id.
/// </summary>
internal sealed partial class DeliveryWorker(
    DeliveryStore store, ChannelStore channels, WebhookSender sender, WebhookOptions options, GroupCommit<AttemptResult, bool> results, DatabaseReady ready,
    TimeProvider time, ILogger<DeliveryWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    /// <summary>What is under way at shutdown may end within this time.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    /// <summary>A target that asks for more is asked again after this time, by another notification.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, Lane> lanes = new();
    private readonly ConcurrentQueue<ClaimedDelivery> givenBack = new();
    private readonly SemaphoreSlim due = new(0);
    private readonly CancellationTokenSource abandoning = new();

    /// <summary>Takes deliveries that were committed as claimed by this copy. Cheap, never waits.</summary>
    public void Offer(IReadOnlyList<ClaimedDelivery> deliveries)
    {
        foreach (var ofChannel in deliveries.GroupBy(delivery => delivery.ChannelId)) Offer(ofChannel.Key, [.. ofChannel], more: false);
    }

    /// <summary>Looks at the table and the channels at once.</summary>
    public void Wake()
    {
        if (due.CurrentCount == 0) due.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await GiveBackAsync(stoppingToken);
                await RefreshChannelsAsync(stoppingToken);
                await ClaimAsync(stoppingToken);
            }
            catch (Exception exception) when (TransientFaults.IsTransient(exception))
            {
                LogDatabaseAway(exception.Message);
            }
            await DueAsync(stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var lane in lanes.Values) GiveBack(lane.Close());
        abandoning.CancelAfter(Grace);
        await Task.WhenAll(lanes.Values.Select(lane => lane.IdleAsync())).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await GiveBackAsync(cancellationToken);
        }
        catch (Exception exception) when (TransientFaults.IsTransient(exception) || exception is OperationCanceledException)
        {
            // The claims run out by themselves.
            LogDatabaseAway(exception.Message);
        }
    }

    public override void Dispose()
    {
        due.Dispose();
        abandoning.Dispose();
        base.Dispose();
    }

    private void Offer(Guid channel, IReadOnlyList<ClaimedDelivery> deliveries, bool more)
    {
        var left = lanes.TryGetValue(channel, out var lane) ? lane.Offer(deliveries, time.GetUtcNow(), more) : deliveries;
        GiveBack(left);
        // A channel that another copy made a moment ago is read at once.
        if (lane is null) Wake();
    }

    private void GiveBack(IReadOnlyList<ClaimedDelivery> deliveries)
    {
        foreach (var delivery in deliveries) givenBack.Enqueue(delivery);
    }

    private async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        if (givenBack.IsEmpty) return;
        var claims = new List<ClaimedDelivery>();
        while (givenBack.TryDequeue(out var claim)) claims.Add(claim);
        await store.GiveBackAsync(claims, cancellationToken);
    }

    private async Task RefreshChannelsAsync(CancellationToken cancellationToken)
    {
        var current = await channels.ReadAllAsync(cancellationToken);
        foreach (var channel in current) lanes.GetOrAdd(channel.Id, _ => new Lane(channel, AttemptAsync, Wake)).Channel = channel;
        foreach (var gone in lanes.Keys.Except(current.Select(channel => channel.Id)))
        {
            if (lanes.TryRemove(gone, out var lane)) GiveBack(lane.Close());
        }
    }

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        var rooms = lanes.Select(lane => (Channel: lane.Key, Room: lane.Value.Room(now))).Where(lane => lane.Room > 0).ToDictionary(lane => lane.Channel, lane => lane.Room);
        if (rooms.Count == 0) return;
        foreach (var ofChannel in (await store.ClaimAsync(rooms, now, cancellationToken)).GroupBy(delivery => delivery.ChannelId))
        {
            ClaimedDelivery[] claimed = [.. ofChannel];
            Offer(ofChannel.Key, claimed, more: claimed.Length == rooms[ofChannel.Key]);
        }
    }

    private async Task DueAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await due.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AttemptAsync(Lane lane, ClaimedDelivery delivery)
    {
        using var activity = Trace.Group("deliver", [delivery.Alert.TraceId]);
        try
        {
            var at = time.GetMoment();
            if (delivery.ClaimedUntil - at < WebhookSender.Timeout)
            {
                // It waited for its turn so long that the claim might run out in the middle of the attempt.
                GiveBack([delivery]);
                return;
            }
            var channel = lane.Channel;
            var notification = new Notification { Id = delivery.Id, Event = delivery.Event, Alert = delivery.Alert, Link = options.LinkTo(delivery.Alert.Id) };
            var started = time.GetTimestamp();
            var outcome = await sender.SendAsync(channel, notification, abandoning.Token);
            if (outcome is DeliveryOutcome.Retry { After: { } wait }) GiveBack(lane.Pause(at + (wait < LongestPause ? wait : LongestPause)));
            await results.SubmitAsync([new AttemptResult(delivery, channel.Type.Name, at, time.GetElapsedTime(started), outcome)], abandoning.Token);
            if (outcome is DeliveryOutcome.Gone) Wake();
        }
        catch (OperationCanceledException) when (abandoning.IsCancellationRequested)
        {
            GiveBack([delivery]);
        }
        catch (Exception exception)
        {
            // A defect of ours: the claim runs out and it is tried again, until its time is over.
            LogDefect(exception, delivery.Id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Deliveries wait for the database: {Reason}")]
    private partial void LogDatabaseAway(string reason);

    [LoggerMessage(LogLevel.Error, "Delivery {Delivery} could not be attempted")]
    private partial void LogDefect(Exception exception, Guid delivery);
}
