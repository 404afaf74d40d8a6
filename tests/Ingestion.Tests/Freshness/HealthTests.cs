using Monitoring.Contracts;
using Monitoring.Ingestion.Freshness;

namespace Monitoring.Ingestion.Tests.Freshness;

public sealed class HealthTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Cadence Hourly = Hearings.Learn(Hearings.Hourly(28));
    private static readonly Cadence Nothing = Cadence.Learn([]);
    private static readonly WatchedFeed Feed = new() { Id = Guid.NewGuid(), Name = "a", IsEnabled = true, AwaitedSince = Noon.AddDays(-60), LastHeardAt = Noon };

    [Fact]
    public void An_operators_word_goes_before_what_was_learned()
    {
        var daily = Feed with { ExpectedEvery = TimeSpan.FromDays(1) };
        Assert.Equal(new(FeedHealth.Fresh, Noon.AddDays(1)), Health.Of(daily, Hourly, Noon.AddHours(20)));
        Assert.Equal(FeedHealth.Late, Health.Of(daily, Hourly, Noon.AddHours(25)).State);
        Assert.Equal(FeedHealth.Late, Health.Of(daily, Nothing, Noon.AddDays(2.9)).State);
        Assert.Equal(FeedHealth.Silent, Health.Of(daily, Hourly, Noon.AddDays(3.1)).State);
    }

    [Fact]
    public void A_feed_that_never_came_is_not_fresh_and_is_missed_when_it_was_announced()
    {
        var announced = Feed with { LastHeardAt = null, AwaitedSince = Noon, ExpectedEvery = TimeSpan.FromHours(1) };
        Assert.Equal(FeedHealth.Unknown, Health.Of(announced, Nothing, Noon.AddMinutes(30)).State);
        Assert.Equal(FeedHealth.Late, Health.Of(announced, Nothing, Noon.AddHours(2)).State);
        Assert.Equal(FeedHealth.Silent, Health.Of(announced, Nothing, Noon.AddHours(4)).State);
        Assert.Equal(Health.Unknown, Health.Of(announced with { ExpectedEvery = null }, Nothing, Noon.AddDays(30)));
    }

    [Fact]
    public void A_feed_whose_poll_was_changed_is_awaited_anew()
    {
        var changed = Feed with { LastHeardAt = Noon.AddDays(-2), AwaitedSince = Noon, ExpectedEvery = TimeSpan.FromHours(1) };
        Assert.Equal(new(FeedHealth.Unknown, Noon.AddHours(1)), Health.Of(changed, Hourly, Noon.AddMinutes(30)));
        Assert.Equal(FeedHealth.Late, Health.Of(changed, Hourly, Noon.AddHours(2)).State);
        Assert.Equal(FeedHealth.Fresh, Health.Of(changed with { LastHeardAt = Noon.AddMinutes(1) }, Hourly, Noon.AddMinutes(30)).State);
    }

    [Fact]
    public void A_feed_that_is_switched_off_is_not_missed() =>
        Assert.Equal(Health.Unknown, Health.Of(Feed with { IsEnabled = false, ExpectedEvery = TimeSpan.FromHours(1) }, Hourly, Noon.AddDays(30)));

    [Fact]
    public void What_is_expected_does_not_change_by_being_looked_at()
    {
        var first = Health.Of(Feed with { LastHeardAt = Noon.AddTicks(1_234_567) }, Hourly, Noon.AddMinutes(1));
        Assert.Equal(first, Health.Of(Feed with { LastHeardAt = Noon.AddTicks(1_234_567) }, Hourly, Noon.AddMinutes(2)));
        Assert.Equal(0, first.ExpectedBy!.Value.UtcTicks % TimeSpan.TicksPerSecond);
    }
}
