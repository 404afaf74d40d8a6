namespace Monitoring.Alerting.Delivery;

/// <summary>When a delivery is tried again: after 1, 2, 4 … seconds and at last every hour, a quarter more or less, for 24 hours.</summary>
internal static class Backoff
{
    /// <summary>How long a delivery is tried.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private const double Jitter = 0.25;

    /// <param name="tries">Attempts made so far, at least 1.</param>
    /// <param name="now">When the last one failed.</param>
    /// <param name="expiresAt">When it is given up.</param>
    /// <param name="retryAfter">What the target asked to wait at least.</param>
    /// <param name="random">Spreads those that failed together.</param>
    /// <returns>The time of the next attempt; <c>null</c> where it is given up. The last one is at the very end.</returns>
    public static DateTimeOffset? Next(int tries, DateTimeOffset now, DateTimeOffset expiresAt, TimeSpan? retryAfter, Random random)
    {
        var asked = now + (retryAfter ?? TimeSpan.Zero);
        if (now >= expiresAt || asked > expiresAt) return null;
        var doubled = First * Math.Pow(2, Math.Min(tries - 1, 20));
        var pause = (doubled < Longest ? doubled : Longest) * (1 - Jitter + (2 * Jitter * random.NextDouble()));
        var next = now + pause > asked ? now + pause : asked;
        return next < expiresAt ? next : expiresAt;
    }
}
