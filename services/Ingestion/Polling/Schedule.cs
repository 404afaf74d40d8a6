using System.Net.Http.Headers;

namespace Monitoring.Ingestion.Polling;

/// <summary>When a feed is fetched next. Chance spreads feeds that would come all at once.</summary>
internal sealed class Schedule(Random random)
{
    /// <summary>A server may ask for a longer wait; it is asked again after this one.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(2);
    private const double Jitter = 0.1;
    private const double RetryJitter = 0.25;

    private readonly Lock mutex = new();

    /// <summary>After a fetch that went well: the feed's own time, a tenth more or less.</summary>
    public TimeSpan Next(TimeSpan every) => Spread(every, Jitter);

    /// <summary>
    /// After so many failures in a row: half a minute (or the feed's own time, if that is shorter), doubled each time up to an hour, a
    /// quarter more or less; and no sooner than the server asked for.
    /// </summary>
    public TimeSpan AfterFailure(TimeSpan every, int failures, TimeSpan? retryAfter)
    {
        var first = every < FirstRetry ? every : FirstRetry;
        var doubled = first * Math.Pow(2, Math.Min(failures - 1, 20));
        var pause = Spread(doubled < LongestRetry ? doubled : LongestRetry, RetryJitter);
        return retryAfter > pause ? retryAfter.Value : pause;
    }

    /// <summary>After so many times that the intake had no room: two seconds, doubled each time up to an hour, a quarter more or less.</summary>
    public TimeSpan AfterBusy(int failures) => AfterFailure(ShortWait, failures, retryAfter: null);

    /// <summary>There is more to read; other feeds have their turn before.</summary>
    public TimeSpan Soon() => Spread(ShortWait, RetryJitter);

    /// <summary>How long <c>Retry-After</c> (RFC 9110, section 10.2.3) asks to wait, in seconds or until a date; a day at most.</summary>
    public static TimeSpan? WaitOf(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header?.Delta ?? header?.Date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestRetryAfter ? LongestRetryAfter : wait;
    }

    private TimeSpan Spread(TimeSpan time, double by)
    {
        lock (mutex) return time * (1 - by + (2 * by * random.NextDouble()));
    }
}
