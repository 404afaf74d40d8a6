using System.Net.Http.Headers;
using Monitoring.Ingestion.Polling;

namespace Monitoring.Ingestion.Tests.Polling;

public sealed class ScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Feeds_of_one_schedule_come_a_tenth_apart_at_most_and_not_together()
    {
        var schedule = new Schedule(new Random(1));
        var pauses = Enumerable.Range(0, 200).Select(_ => schedule.Next(TimeSpan.FromMinutes(10))).ToList();
        Assert.All(pauses, pause => Assert.InRange(pause, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(11)));
        Assert.True(pauses.Distinct().Count() > 190);
        Assert.InRange(pauses.Average(pause => pause.TotalMinutes), 9.8, 10.2);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(4, 240)]
    [InlineData(8, 3600)]
    [InlineData(1_000_000, 3600)]
    public void Failures_double_the_wait_up_to_an_hour(int failures, int seconds)
    {
        var schedule = new Schedule(new Random(2));
        for (var time = 0; time < 50; time++)
        {
            var pause = schedule.AfterFailure(TimeSpan.FromHours(1), failures, retryAfter: null);
            Assert.InRange(pause, TimeSpan.FromSeconds(seconds * 0.75), TimeSpan.FromSeconds(seconds * 1.25));
        }
    }

    [Fact]
    public void A_feed_of_a_short_time_is_tried_again_after_that_time() =>
        Assert.InRange(new Schedule(new Random(3)).AfterFailure(TimeSpan.FromSeconds(10), 1, null), TimeSpan.FromSeconds(7.5), TimeSpan.FromSeconds(12.5));

    [Fact]
    public void A_server_that_asks_for_a_wait_is_left_alone_that_long_and_never_shorter_than_the_backoff()
    {
        var schedule = new Schedule(new Random(4));
        Assert.Equal(TimeSpan.FromHours(5), schedule.AfterFailure(TimeSpan.FromMinutes(1), 1, TimeSpan.FromHours(5)));
        Assert.InRange(schedule.AfterFailure(TimeSpan.FromMinutes(1), 1, TimeSpan.FromSeconds(1)), TimeSpan.FromSeconds(22.5), TimeSpan.FromSeconds(37.5));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    [InlineData("Tue, 24 Nov 2026 12:01:30 GMT", 90)]
    [InlineData("Tue, 24 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("999999999", 86_400)]
    [InlineData("Tue, 24 Nov 2099 12:00:00 GMT", 86_400)]
    public void Retry_After_is_seconds_or_a_date_and_a_day_at_most(string header, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Schedule.WaitOf(RetryConditionHeaderValue.Parse(header), Now));

    [Fact]
    public void Without_Retry_After_there_is_no_wait() => Assert.Null(Schedule.WaitOf(null, Now));
}
