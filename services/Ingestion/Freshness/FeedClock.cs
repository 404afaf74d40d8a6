namespace Monitoring.Ingestion.Freshness;

/// <summary>
/// A feed's own time, in UTC weeks: in each hour of the week it passes as fast as something is likely to be heard then, and it stands still
/// where the feed never speaks. So a weekend counts for nothing with a feed of office days, and a night with one that sleeps.
/// </summary>
internal sealed class FeedClock
{
    public const int HoursOfWeek = 7 * 24;

    private static readonly DateTimeOffset Monday = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What has passed since the week began, when each of its hours begins; and at its end.</summary>
    private readonly double[] passed = new double[HoursOfWeek + 1];

    /// <param name="speed">For each hour of the week, from Monday 00:00 UTC on, how much passes in it; not zero in all of them.</param>
    public FeedClock(Func<int, double> speed)
    {
        for (var hour = 0; hour < HoursOfWeek; hour++) passed[hour + 1] = passed[hour] + speed(hour);
    }

    /// <summary>A clock like any other.</summary>
    public static FeedClock Even { get; } = new(_ => 1);

    private double Week => passed[HoursOfWeek];

    public static int HourOfWeek(DateTimeOffset moment) => (int)(Math.Floor((moment - Monday).TotalHours) % HoursOfWeek);

    /// <summary>What it shows at a moment.</summary>
    public double At(DateTimeOffset moment)
    {
        var (week, hour) = (Math.Floor((moment - Monday) / TimeSpan.FromDays(7)), (moment - Monday).TotalHours);
        var ofWeek = hour - week * HoursOfWeek;
        var whole = Math.Clamp((int)ofWeek, 0, HoursOfWeek - 1);
        return week * Week + passed[whole] + (ofWeek - whole) * (passed[whole + 1] - passed[whole]);
    }

    /// <summary>The first moment at which it shows this.</summary>
    public DateTimeOffset When(double shown)
    {
        var week = Math.Floor(shown / Week);
        var rest = shown - week * Week;
        var hour = 0;
        while (hour < HoursOfWeek - 1 && passed[hour + 1] < rest) hour++;
        var speed = passed[hour + 1] - passed[hour];
        return Monday + TimeSpan.FromHours(week * HoursOfWeek + hour + (speed > 0 ? (rest - passed[hour]) / speed : 0));
    }
}
