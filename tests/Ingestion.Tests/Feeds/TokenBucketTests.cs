using Monitoring.Ingestion.Feeds;

namespace Monitoring.Ingestion.Tests.Feeds;

public sealed class TokenBucketTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void Two_seconds_worth_may_come_at_once_and_then_as_many_a_second_as_allowed()
    {
        var bucket = new TokenBucket(perSecond: 5, time);
        for (var number = 0; number < 10; number++) Assert.True(bucket.TryTake(out _));
        Assert.False(bucket.TryTake(out var wait));
        Assert.Equal(0.2, wait.TotalSeconds, precision: 6);
        time.Advance(TimeSpan.FromSeconds(1));
        for (var number = 0; number < 5; number++) Assert.True(bucket.TryTake(out _));
        Assert.False(bucket.TryTake(out _));
    }

    [Fact]
    public void A_large_post_passes_and_then_has_to_be_waited_for()
    {
        var bucket = new TokenBucket(perSecond: 10, time);
        Assert.True(bucket.TryTake(out _));
        bucket.Charge(999);
        Assert.False(bucket.TryTake(out var wait));
        Assert.Equal(98.1, wait.TotalSeconds, precision: 6);
        time.Advance(wait);
        Assert.True(bucket.TryTake(out _));
    }

    [Fact]
    public void A_long_silence_saves_up_no_more_than_two_seconds_worth()
    {
        var bucket = new TokenBucket(perSecond: 1, time);
        time.Advance(TimeSpan.FromHours(1));
        Assert.True(bucket.TryTake(out _));
        Assert.True(bucket.TryTake(out _));
        Assert.False(bucket.TryTake(out _));
    }

    [Fact]
    public void Each_feed_has_its_own_bucket_and_a_new_limit_holds_at_once()
    {
        var limits = new RateLimits(time);
        var slow = new KnownFeed(Guid.NewGuid(), "slow", null, RateLimit: 1, IsEnabled: true);
        Assert.Null(limits.Of(slow with { RateLimit = 0 }));
        Assert.Same(limits.Of(slow), limits.Of(slow));
        Assert.NotSame(limits.Of(slow), limits.Of(slow with { Id = Guid.NewGuid() }));
        Assert.Equal(7, limits.Of(slow with { RateLimit = 7 })!.PerSecond);
    }

    private sealed class ManualTime : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan by) => ticks += by.Ticks;
    }
}
