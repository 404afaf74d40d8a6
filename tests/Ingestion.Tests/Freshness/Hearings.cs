using Monitoring.Ingestion.Freshness;

namespace Monitoring.Ingestion.Tests.Freshness;

/// <summary>Feeds by their habits, as they were heard for some weeks.</summary>
internal static class Hearings
{
    /// <summary>A Monday.</summary>
    public static readonly DateTimeOffset Start = new(2026, 8, 3, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<DateTimeOffset> Hourly(int days) => Enumerable.Range(0, days * 24).Select(hour => Start.AddHours(hour).AddMinutes(hour * 7 % 10));

    public static IEnumerable<DateTimeOffset> Daily(int days) => Enumerable.Range(0, days).Select(day => Start.AddDays(day).AddHours(6).AddMinutes(day * 7 % 20));

    public static IEnumerable<DateTimeOffset> Weekly(int weeks) => Enumerable.Range(0, weeks).Select(week => Start.AddDays(7 * week + 2).AddHours(14).AddMinutes(week * 13 % 60));

    /// <summary>Every ten minutes from eight to five, from Monday to Friday.</summary>
    public static IEnumerable<DateTimeOffset> OfficeDays(int days) =>
        from day in Enumerable.Range(0, days) where day % 7 < 5
        from tenth in Enumerable.Range(0, 9 * 6) select Start.AddDays(day).AddHours(8).AddMinutes(10 * tenth);

    /// <summary>Now and then on office days, at any time of them: three times a day on average.</summary>
    public static IEnumerable<DateTimeOffset> NowAndThen(int days, Random random) =>
        from day in Enumerable.Range(0, days) where day % 7 < 5
        from hour in Enumerable.Range(8, 9) where random.Next(3) == 0
        select Start.AddDays(day).AddHours(hour).AddMinutes(random.Next(60));

    /// <summary>Thirty posts within ten minutes, then nothing for six hours.</summary>
    public static IEnumerable<DateTimeOffset> Bursts(int days) =>
        from burst in Enumerable.Range(0, days * 4) from post in Enumerable.Range(0, 30) select Start.AddHours(6 * burst).AddSeconds(20 * post);

    public static Cadence Learn(IEnumerable<DateTimeOffset> heard)
    {
        var feed = Guid.NewGuid();
        var hearing = new FeedHearing();
        foreach (var moment in heard) hearing.Heard(feed, moment);
        return Cadence.Learn([.. hearing.Take().Select(hour => hour.Active)]);
    }
}
