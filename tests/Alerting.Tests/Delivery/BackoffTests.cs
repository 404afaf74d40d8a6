using Monitoring.Alerting.Delivery;

namespace Monitoring.Alerting.Tests.Delivery;

public sealed class BackoffTests
{
    private static readonly DateTimeOffset Expires = Samples.Now.AddHours(24);
    private readonly Random random = new(7);

    [Fact]
    public void Pauses_double_from_a_second_to_an_hour_a_quarter_more_or_less()
    {
        for (var tries = 1; tries <= 40; tries++)
        {
            var pause = Backoff.Next(tries, Samples.Now, Expires, null, random)!.Value - Samples.Now;
            var middle = Math.Min(3_600, Math.Pow(2, tries - 1));
            Assert.InRange(pause.TotalSeconds, middle * 0.75, middle * 1.25);
        }
    }

    [Fact]
    public void Those_that_failed_together_do_not_come_back_together() =>
        Assert.InRange(Enumerable.Range(0, 100).Select(_ => Backoff.Next(5, Samples.Now, Expires, null, random)).Distinct().Count(), 90, 100);

    [Fact]
    public void What_the_target_asks_is_obeyed()
    {
        Assert.Equal(Samples.Now.AddSeconds(90), Backoff.Next(1, Samples.Now, Expires, TimeSpan.FromSeconds(90), random));
        Assert.True(Backoff.Next(10, Samples.Now, Expires, TimeSpan.FromSeconds(3), random) > Samples.Now.AddSeconds(300));
    }

    [Fact]
    public void It_is_given_up_when_its_time_is_over() => Assert.Null(Backoff.Next(30, Expires, Expires, null, random));

    [Fact]
    public void The_last_attempt_is_at_the_very_end() => Assert.Equal(Expires, Backoff.Next(30, Expires.AddMinutes(-5), Expires, null, random));

    [Fact]
    public void It_is_given_up_when_the_target_asks_for_more_time_than_there_is() =>
        Assert.Null(Backoff.Next(1, Samples.Now, Expires, TimeSpan.FromHours(25), random));

    [Fact]
    public void A_day_brings_between_20_and_60_attempts()
    {
        var (now, tries) = (Samples.Now, 0);
        while (Backoff.Next(++tries, now, Expires, null, random) is { } next) now = next;
        Assert.InRange(tries, 20, 60);
        Assert.Equal(Expires, now);
    }
}
