using System.Collections.Concurrent;
using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Channels;
using Monitoring.Alerting.Storage;
using Monitoring.ServiceDefaults.Storage;
using Monitoring.ServiceDefaults.Telemetry;

namespace Monitoring.Alerting.Delivery;

/// <summary>
/// Sends deliveries: those that this copy writes come in memory; retries, what did not fit, and what other copies left, are claimed from
/// the table each second, or as soon as a lane runs low. A delivery whose outcome could not be recorded is sent again under the same id.
/// </summary>
internal sealed partial class DeliveryWorker(
    DeliveryStore store, ChannelStore channels, WebhookSender sender, WebhookOptions options, AttemptLog log, DatabaseReady ready, TimeProvider time,
    ILogger<DeliveryWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    /// <summary>What is under way at shutdown may end within this time.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    /// <summary>A target that asks for more is asked again after this time, by another notification.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, Lane> lanes = new();
    private readonly ConcurrentQueue<PendingDelivery> givenBack = new();
    private readonly SemaphoreSlim due = new(0);
    private readonly CancellationTokenSource abandoning = new();
    private long channelsReadAt;
    private volatile bool channelsChanged = true;

    /// <summary>Whether a new delivery may be claimed by this copy as it is written; else it waits in the table for whoever has room.</summary>
    public bool TakesNew(Guid channel) => lanes.TryGetValue(channel, out var lane) && lane.TakesNew(time.GetUtcNow());

    /// <summary>Takes deliveries that were committed, whether claimed by this copy or by nobody. Cheap, never waits.</summary>
    public void Offer(IReadOnlyList<PendingDelivery> deliveries)
    {
        foreach (var ofChannel in deliveries.GroupBy(delivery => delivery.ChannelId))
        {
            PendingDelivery[] claimed = [.. ofChannel.Where(delivery => delivery.ClaimedUntil is not null)];
            if (!lanes.TryGetValue(ofChannel.Key, out var lane)) channelsChanged = true;
            GiveBack(lane is null ? claimed : lane.Offer(claimed, time.GetUtcNow()));
        }
        if (deliveries.Any(delivery => delivery.ClaimedUntil is null)) Wake();
    }

    /// <summary>Reads the channels anew, at once.</summary>
    public void ChannelsChanged()
    {
        channelsChanged = true;
        Wake();
    }

    /// <summary>Looks at the table at once.</summary>
    public void Wake()
    {
        if (due.CurrentCount == 0) due.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        var recording = log.RunAsync(abandoning.Token);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await GiveBackAsync(stoppingToken);
                await ReadChannelsAsync(stoppingToken);
                await ClaimAsync(stoppingToken);
            }
            catch (Exception exception) when (TransientFaults.IsTransient(exception))
            {
                LogDatabaseAway(exception.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            await DueAsync(stoppingToken);
        }
        await StopLanesAsync();
        log.Complete();
        await recording.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        due.Dispose();
        abandoning.Dispose();
        base.Dispose();
    }

    /// <summary>What runs may end, what waits is given back.</summary>
    private async Task StopLanesAsync()
    {
        foreach (var lane in lanes.Values) GiveBack(lane.Close());
        abandoning.CancelAfter(Grace);
        await Task.WhenAll(lanes.Values.Select(lane => lane.IdleAsync()));
        try
        {
            await GiveBackAsync(abandoning.Token);
        }
        catch (Exception exception) when (TransientFaults.IsTransient(exception) || exception is OperationCanceledException)
        {
            // The claims run out by themselves.
            LogDatabaseAway(exception.Message);
        }
    }

    private void GiveBack(IReadOnlyList<PendingDelivery> deliveries)
    {
        foreach (var delivery in deliveries) givenBack.Enqueue(delivery);
    }

    private async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        if (givenBack.IsEmpty) return;
        var claims = new List<PendingDelivery>();
        while (givenBack.TryDequeue(out var claim)) claims.Add(claim);
        await store.GiveBackAsync(claims, cancellationToken);
    }

    private async Task ReadChannelsAsync(CancellationToken cancellationToken)
    {
        if (!channelsChanged && time.GetElapsedTime(channelsReadAt) < Interval) return;
        channelsChanged = false;
        channelsReadAt = time.GetTimestamp();
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
        var rooms = lanes.ToDictionary(lane => lane.Key, lane => lane.Value.Room(now)).Where(lane => lane.Value > 0).ToDictionary();
        if (rooms.Count == 0) return;
        var claimed = (await store.ClaimAsync(rooms, now, cancellationToken)).ToLookup(delivery => delivery.ChannelId);
        foreach (var (channel, room) in rooms) GiveBack(lanes[channel].Refill([.. claimed[channel]], room, now));
    }

    private async Task DueAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await due.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AttemptAsync(Lane lane, PendingDelivery delivery)
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
            log.Add(new AttemptResult(delivery, channel.Type.Name, at, time.GetElapsedTime(started), outcome));
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
