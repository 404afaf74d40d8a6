using System.Collections.Concurrent;
using Monitoring.Alerting.Channels;
using Monitoring.Alerting.Delivery;

namespace Monitoring.Alerting.Tests.Delivery;

public sealed class LaneTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly ConcurrentQueue<Guid> attempted = new();
    private readonly SemaphoreSlim started = new(0);
    private readonly SemaphoreSlim release = new(0);
    private int atOnce;
    private int mostAtOnce;
    private int ranLow;

    [Fact]
    public async Task Never_more_are_under_way_than_the_channel_takes_and_all_have_their_turn()
    {
        var lane = Make();
        var deliveries = Deliveries(20);
        Assert.Empty(lane.Offer(deliveries, Samples.Now));
        for (var i = 0; i < 2; i++) Assert.True(await started.WaitAsync(Deadline));
        release.Release(20);
        for (var i = 2; i < 20; i++) Assert.True(await started.WaitAsync(Deadline));
        await lane.IdleAsync().WaitAsync(Deadline);
        Assert.Equal(deliveries.Select(delivery => delivery.Id).Order(), attempted.Order());
        Assert.Equal(2, mostAtOnce);
    }

    [Fact]
    public async Task What_waits_when_the_target_asks_for_a_pause_is_given_back_and_nothing_new_is_taken()
    {
        var lane = Make();
        lane.Offer(Deliveries(5), Samples.Now);
        await started.WaitAsync(Deadline);
        await started.WaitAsync(Deadline);
        Assert.Equal(3, lane.Pause(Samples.Now.AddSeconds(30)).Count);
        Assert.Equal(0, lane.Room(Samples.Now));
        Assert.Equal(4, lane.Offer(Deliveries(4), Samples.Now.AddSeconds(29)).Count);
        release.Release(2);
        await lane.IdleAsync().WaitAsync(Deadline);
        Assert.Empty(lane.Offer(Deliveries(1), Samples.Now.AddSeconds(30)));
        await started.WaitAsync(Deadline);
        Assert.Equal(7, lane.Room(Samples.Now.AddSeconds(30)));
        release.Release(1);
        await lane.IdleAsync().WaitAsync(Deadline);
    }

    [Fact]
    public void A_channel_that_is_off_takes_nothing()
    {
        var lane = Make();
        lane.Channel = Samples.Channel(new WebhookChannel()) with { Enabled = false };
        Assert.Equal(0, lane.Room(Samples.Now));
        Assert.Equal(2, lane.Offer(Deliveries(2), Samples.Now).Count);
    }

    [Fact]
    public async Task A_burst_beyond_its_capacity_stays_in_the_table_and_is_asked_for_when_there_is_room()
    {
        var lane = Make();
        Assert.Equal(500, lane.Offer(Deliveries(1_500), Samples.Now).Count);
        Assert.False(lane.TakesNew(Samples.Now));
        release.Release(2_000);
        await lane.IdleAsync().WaitAsync(Deadline);
        Assert.Equal(1_000, attempted.Count);
        Assert.Equal(1, ranLow);
        // What is older in the table has its turn before anything new.
        Assert.False(lane.TakesNew(Samples.Now));
        Assert.Equal(8, lane.Room(Samples.Now));
        Assert.Empty(lane.Refill(Deliveries(8), room: 8, Samples.Now));
        await lane.IdleAsync().WaitAsync(Deadline);
        Assert.Equal(2, ranLow);
        Assert.Empty(lane.Refill(Deliveries(3), lane.Room(Samples.Now), Samples.Now));
        Assert.True(lane.TakesNew(Samples.Now));
        await lane.IdleAsync().WaitAsync(Deadline);
    }

    [Fact]
    public async Task A_closed_lane_gives_back_what_waits_and_finishes_what_runs()
    {
        var lane = Make();
        lane.Offer(Deliveries(5), Samples.Now);
        await started.WaitAsync(Deadline);
        await started.WaitAsync(Deadline);
        Assert.Equal(3, lane.Close().Count);
        Assert.Single(lane.Offer(Deliveries(1), Samples.Now));
        release.Release(2);
        await lane.IdleAsync().WaitAsync(Deadline);
        Assert.Equal(2, attempted.Count);
    }

    private Lane Make() => new(Samples.Channel(new WebhookChannel()), AttemptAsync, () => Interlocked.Increment(ref ranLow));

    private async Task AttemptAsync(Lane lane, PendingDelivery delivery)
    {
        var now = Interlocked.Increment(ref atOnce);
        InterlockedMax(now);
        started.Release();
        await release.WaitAsync(Deadline);
        attempted.Enqueue(delivery.Id);
        Interlocked.Decrement(ref atOnce);
    }

    private void InterlockedMax(int value)
    {
        for (var seen = Volatile.Read(ref mostAtOnce); value > seen; seen = Volatile.Read(ref mostAtOnce)) Interlocked.CompareExchange(ref mostAtOnce, value, seen);
    }

    private static PendingDelivery[] Deliveries(int count) => [.. Enumerable.Range(0, count).Select(_ => new PendingDelivery
    {
        Id = Guid.NewGuid(),
        ChannelId = Samples.Slack,
        Event = "raised",
        Alert = Samples.Raised().View,
        Tries = 0,
        ExpiresAt = Samples.Now.AddHours(24),
        ClaimedUntil = Samples.Now.AddSeconds(20),
    })];
}
