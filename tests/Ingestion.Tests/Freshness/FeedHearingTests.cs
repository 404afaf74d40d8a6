using Monitoring.Ingestion.Freshness;

namespace Monitoring.Ingestion.Tests.Freshness;

public sealed class FeedHearingTests
{
    private static readonly Guid Feed = Guid.NewGuid();
    private static readonly DateTimeOffset Ten = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private readonly FeedHearing hearing = new();

    [Fact]
    public void A_thousand_posts_of_a_minute_are_heard_once()
    {
        for (var post = 0; post < 1_000; post++) hearing.Heard(Feed, Ten.AddMilliseconds(post));
        Assert.Equal(new HeardHour(Feed, new(Ten, 1), Ten.AddMilliseconds(999)), Assert.Single(hearing.Take()));
        Assert.Empty(hearing.Take());
    }

    [Fact]
    public void The_minutes_of_an_hour_are_told_apart_and_the_hours_too()
    {
        hearing.Heard(Feed, Ten.AddMinutes(59).AddSeconds(59));
        hearing.Heard(Feed, Ten.AddMinutes(3).ToOffset(TimeSpan.FromHours(5.5)));
        hearing.Heard(Feed, Ten.AddHours(1));
        Assert.Equal([new(Ten, 1L << 59 | 1L << 3), new(Ten.AddHours(1), 1)], hearing.Take().Select(hour => hour.Active));
    }

    [Fact]
    public void What_could_not_be_written_is_written_with_what_came_since()
    {
        hearing.Heard(Feed, Ten.AddMinutes(1));
        var lost = hearing.Take();
        hearing.Heard(Feed, Ten.AddMinutes(2));
        hearing.Return(lost);
        Assert.Equal(new HeardHour(Feed, new(Ten, 0b110), Ten.AddMinutes(2)), Assert.Single(hearing.Take()));
    }
}
