using Monitoring.Ingestion.Freshness;

namespace Monitoring.Ingestion.Tests.Freshness;

public sealed class FeedClockTests
{
    /// <summary>Two office hours, nine to eleven, from Monday to Friday.</summary>
    private static readonly FeedClock Office = new(hour => hour < 5 * 24 && hour % 24 is 9 or 10 && hour < 5 * 24 ? 1 : 0);

    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_stands_still_where_the_feed_never_speaks()
    {
        Assert.Equal(1.5, Office.At(Monday.AddHours(10.5)) - Office.At(Monday), 6);
        Assert.Equal(0, Office.At(Monday.AddDays(7)) - Office.At(Monday.AddDays(4).AddHours(11)), 6);
        Assert.Equal(20, Office.At(Monday.AddDays(14)) - Office.At(Monday), 6);
    }

    [Fact]
    public void It_tells_when_it_will_show_something()
    {
        var friday = Monday.AddDays(4).AddHours(10.5);
        Assert.Equal(Monday.AddDays(7).AddHours(9.5), Office.When(Office.At(friday) + 1));
        Assert.Equal(friday, Office.When(Office.At(friday)));
    }

    [Fact]
    public void An_even_clock_goes_by_the_hour() =>
        Assert.Equal(Monday.AddHours(5), FeedClock.Even.When(FeedClock.Even.At(Monday.AddHours(3.25)) + 1.75));

    [Fact]
    public void The_week_begins_on_monday()
    {
        Assert.Equal(0, FeedClock.HourOfWeek(Monday));
        Assert.Equal(167, FeedClock.HourOfWeek(Monday.AddSeconds(-1)));
    }
}
