using Monitoring.Contracts;
using Monitoring.Ingestion.Freshness;

namespace Monitoring.Ingestion.Tests.Freshness;

public sealed class CadenceTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(28)]
    public void An_hourly_feed_is_late_after_two_hours_and_silent_after_four(int days)
    {
        var heard = Hearings.Hourly(days).ToList();
        Assert.Equal(FeedHealth.Fresh, HealthAfter(heard, TimeSpan.FromHours(1.5)));
        Assert.Equal(FeedHealth.Late, HealthAfter(heard, TimeSpan.FromHours(3)));
        Assert.Equal(FeedHealth.Silent, HealthAfter(heard, TimeSpan.FromHours(5)));
    }

    [Fact]
    public void A_daily_feed_is_fresh_all_day_late_when_two_days_are_missed_and_silent_when_four_are()
    {
        var heard = Hearings.Daily(40).ToList();
        Assert.Equal(FeedHealth.Fresh, HealthAfter(heard, TimeSpan.FromHours(30)));
        Assert.Equal(FeedHealth.Late, HealthAfter(heard, TimeSpan.FromHours(2 * 24 + 8)));
        Assert.Equal(FeedHealth.Silent, HealthAfter(heard, TimeSpan.FromHours(4 * 24 + 20)));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(19)]
    [InlineData(26)]
    [InlineData(54)]
    public void A_feed_of_office_days_is_not_quiet_on_a_sunday_nor_before_monday_begins(int days)
    {
        var heard = Hearings.OfficeDays(days).ToList();
        // The last day is a Friday.
        Assert.Equal(DayOfWeek.Friday, heard[^1].DayOfWeek);
        Assert.Equal(FeedHealth.Fresh, HealthAfter(heard, TimeSpan.FromHours(48)));
        Assert.Equal(FeedHealth.Fresh, HealthAfter(heard, TimeSpan.FromHours(63)));
    }

    [Fact]
    public void A_feed_of_office_days_that_stays_away_on_a_monday_is_told_the_same_morning()
    {
        var heard = Hearings.OfficeDays(54).ToList();
        Assert.Equal(FeedHealth.Silent, HealthAfter(heard, TimeSpan.FromHours(64.5)));
    }

    [Fact]
    public void A_feed_of_office_days_that_stops_at_noon_is_told_within_the_hour()
    {
        var heard = Hearings.OfficeDays(54).Where(moment => moment < Hearings.Start.AddDays(53).AddHours(-36)).ToList();
        Assert.Equal(12, HourAfter(heard));
        Assert.Equal(FeedHealth.Fresh, HealthAfter(heard, TimeSpan.FromMinutes(15)));
        Assert.Equal(FeedHealth.Silent, HealthAfter(heard, TimeSpan.FromMinutes(50)));
    }

    [Fact]
    public void A_feed_that_speaks_now_and_then_on_office_days_is_never_silent_while_it_keeps_its_habits()
    {
        var heard = Hearings.NowAndThen(56, new Random(7)).ToList();
        var cadence = Hearings.Learn(heard);
        // Two other months of the same habits, of the same weekdays.
        var later = Hearings.NowAndThen(56, new Random(8)).Select(moment => moment.AddDays(56)).ToList();
        var silent = later.Zip(later.Skip(1)).Count(pair => cadence.After(pair.First)!.Value.SilentAfter < pair.Second);
        var late = later.Zip(later.Skip(1)).Count(pair => cadence.After(pair.First)!.Value.By < pair.Second);
        Assert.Equal(0, silent);
        Assert.InRange(late, 0, later.Count / 50);
        Assert.True(cadence.After(heard[^1])!.Value.SilentAfter < heard[^1].AddDays(14));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    public void The_pauses_of_a_bursty_feed_are_its_habit(int days)
    {
        var heard = Hearings.Bursts(days).ToList();
        Assert.Equal(FeedHealth.Fresh, HealthAfter(heard, TimeSpan.FromHours(6)));
        Assert.Equal(FeedHealth.Silent, HealthAfter(heard, TimeSpan.FromHours(25)));
    }

    [Fact]
    public void A_weekly_feed_may_be_quiet_for_a_week_but_not_for_a_month()
    {
        var heard = Hearings.Weekly(8).ToList();
        Assert.Equal(FeedHealth.Fresh, HealthAfter(heard, TimeSpan.FromDays(8)));
        Assert.Equal(FeedHealth.Late, HealthAfter(heard, TimeSpan.FromDays(16)));
        Assert.Equal(FeedHealth.Silent, HealthAfter(heard, TimeSpan.FromDays(30)));
    }

    [Fact]
    public void An_outage_is_no_habit()
    {
        var heard = Hearings.Hourly(56).Where(moment => moment < Hearings.Start.AddDays(20) || moment > Hearings.Start.AddDays(25)).ToList();
        Assert.Equal(FeedHealth.Silent, HealthAfter(heard, TimeSpan.FromHours(6)));
    }

    [Fact]
    public void A_feed_that_speaks_all_the_time_has_a_few_minutes_before_it_is_late()
    {
        var heard = Enumerable.Range(0, 8 * 24 * 60).Select(minute => Hearings.Start.AddMinutes(minute)).ToList();
        Assert.Equal(FeedHealth.Fresh, HealthAfter(heard, TimeSpan.FromMinutes(4)));
        Assert.Equal(FeedHealth.Late, HealthAfter(heard, TimeSpan.FromMinutes(6)));
        Assert.Equal(FeedHealth.Silent, HealthAfter(heard, TimeSpan.FromMinutes(16)));
    }

    [Fact]
    public void Before_a_week_is_known_nothing_is_said_until_one_has_passed_without_a_word()
    {
        var heard = Hearings.Hourly(3).ToList();
        Assert.Equal(FeedHealth.Unknown, HealthAfter(heard, TimeSpan.FromMinutes(1)));
        Assert.Equal(FeedHealth.Unknown, HealthAfter(heard, TimeSpan.FromDays(6)));
        Assert.Equal(FeedHealth.Late, HealthAfter(heard, TimeSpan.FromDays(8)));
        Assert.Equal(FeedHealth.Silent, HealthAfter(heard, TimeSpan.FromDays(15)));
    }

    [Fact]
    public void Of_a_feed_that_was_heard_a_few_times_nothing_is_expected() => Assert.Null(Hearings.Learn(Hearings.Daily(5)).After(Hearings.Start));

    private static int HourAfter(List<DateTimeOffset> heard) => heard[^1].AddMinutes(10).Hour;

    private static FeedHealth HealthAfter(List<DateTimeOffset> heard, TimeSpan silence)
    {
        var feed = new WatchedFeed { Id = Guid.NewGuid(), Name = "a", IsEnabled = true, AwaitedSince = heard[0], LastHeardAt = heard[^1] };
        return Health.Of(feed, Hearings.Learn(heard), heard[^1] + silence).State;
    }
}
