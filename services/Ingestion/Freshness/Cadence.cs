using System.Numerics;

namespace Monitoring.Ingestion.Freshness;

/// <summary>An hour in which something was heard of a feed.</summary>
/// <param name="Hour">When it began.</param>
/// <param name="Minutes">A bit for each minute in which something was heard: a burst within a minute is heard once.</param>
internal readonly record struct ActiveHour(DateTimeOffset Hour, long Minutes);

/// <summary>Until when something is to be heard of a feed.</summary>
/// <param name="By">From then on it is late.</param>
/// <param name="SilentAfter">From then on it is silent.</param>
/// <param name="IsLearned">Whether the feed is known well enough to call it fresh before.</param>
internal readonly record struct Expectation(DateTimeOffset By, DateTimeOffset SilentAfter, bool IsLearned);

/// <summary>
/// How a feed usually speaks, learned from when it was heard. Silences are measured by the feed's own clock; of the silences that began in
/// an hour the longest counts, so that many short ones within bursts do not hide the long ones between them. Against outages, a twentieth
/// of the longest is passed over, once there are enough.
/// </summary>
internal sealed class Cadence
{
    /// <summary>How far back it is learned from.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(56);

    private const int FewestSilences = 5;
    private const double UsualShare = 0.95;
    /// <summary>Times the usual silence.</summary>
    private const double LateFactor = 2, SilentFactor = 4;
    /// <summary>However often it speaks, the network may have a bad moment.</summary>
    private static readonly TimeSpan SoonestLate = TimeSpan.FromMinutes(5), SoonestSilent = TimeSpan.FromMinutes(15);
    /// <summary>A weekend is to be seen before any silence can be judged.</summary>
    private static readonly TimeSpan ShortestKnown = TimeSpan.FromDays(7);
    /// <summary>From then on the hours of the week are told apart, and outages from habits.</summary>
    private static readonly TimeSpan RhythmKnown = TimeSpan.FromDays(21);
    /// <summary>With fewer active hours there is no rhythm of the day to see.</summary>
    private const int FewestForRhythm = 24;

    private readonly FeedClock clock;
    private readonly TimeSpan span;
    private readonly double? usual;

    private Cadence(FeedClock clock, TimeSpan span, double? usual) => (this.clock, this.span, this.usual) = (clock, span, usual);

    /// <summary>Whether a week and some silences are known.</summary>
    public bool IsLearned => usual is not null && span >= ShortestKnown;

    /// <param name="hours">The hours in which it was heard, oldest first.</param>
    public static Cadence Learn(IReadOnlyList<ActiveHour> hours)
    {
        if (hours.Count <= FewestSilences) return new(FeedClock.Even, TimeSpan.Zero, usual: null);
        var span = hours[^1].Hour - hours[0].Hour;
        var hasRhythm = hours.Count >= FewestForRhythm && span >= RhythmKnown;
        var clock = hours.Count < FewestForRhythm ? FeedClock.Even : ClockOf(hours, hasRhythm ? FeedClock.HoursOfWeek : 24);
        var silences = Silences(hours, clock);
        var rank = hasRhythm ? (int)Math.Ceiling(UsualShare * silences.Length) : silences.Length;
        return new(clock, span, silences[rank - 1]);
    }

    /// <returns>What is expected after the feed was last heard; <c>null</c> while too little is known to expect anything.</returns>
    public Expectation? After(DateTimeOffset lastHeard)
    {
        if (usual is null) return null;
        if (!IsLearned) return new(lastHeard + ShortestKnown, lastHeard + 2 * ShortestKnown, IsLearned: false);
        return new(After(lastHeard, LateFactor, SoonestLate), After(lastHeard, SilentFactor, SoonestSilent), IsLearned: true);
    }

    private DateTimeOffset After(DateTimeOffset lastHeard, double factor, TimeSpan atLeast)
    {
        var (usually, soonest) = (clock.When(clock.At(lastHeard) + factor * usual!.Value), lastHeard + atLeast);
        return usually > soonest ? usually : soonest;
    }

    /// <summary>In which share of the weeks, or of the days, each of their hours was active.</summary>
    private static FeedClock ClockOf(IReadOnlyList<ActiveHour> hours, int cycle)
    {
        var (seen, active) = (new int[cycle], new int[cycle]);
        for (var hour = hours[0].Hour; hour <= hours[^1].Hour; hour += TimeSpan.FromHours(1)) seen[FeedClock.HourOfWeek(hour) % cycle]++;
        foreach (var hour in hours) active[FeedClock.HourOfWeek(hour.Hour) % cycle]++;
        return new(hour => (double)active[hour % cycle] / Math.Max(1, seen[hour % cycle]));
    }

    /// <summary>The longest silence that began in each hour but the last, shortest first.</summary>
    private static double[] Silences(IReadOnlyList<ActiveHour> hours, FeedClock clock)
    {
        var silences = new double[hours.Count - 1];
        for (var at = 0; at < silences.Length; at++)
        {
            var before = Shown(hours[at], BitOperations.TrailingZeroCount(hours[at].Minutes));
            for (var left = hours[at].Minutes & (hours[at].Minutes - 1); left != 0; left &= left - 1) Hear(Shown(hours[at], BitOperations.TrailingZeroCount(left)));
            Hear(Shown(hours[at + 1], BitOperations.TrailingZeroCount(hours[at + 1].Minutes)));

            void Hear(double shown)
            {
                silences[at] = Math.Max(silences[at], shown - before);
                before = shown;
            }
        }
        Array.Sort(silences);
        return silences;

        double Shown(ActiveHour hour, int minute) => clock.At(hour.Hour.AddMinutes(minute));
    }
}
