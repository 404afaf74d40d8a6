using System.Collections.Concurrent;

namespace Monitoring.Ingestion.Feeds;

/// <summary>How fast each feed may post, in this copy of the service.</summary>
internal sealed class RateLimits(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, TokenBucket> buckets = new();

    /// <returns>The feed's bucket, or <c>null</c> where it may post without bound.</returns>
    public TokenBucket? Of(KnownFeed feed)
    {
        if (feed.RateLimit == 0) return null;
        if (buckets.TryGetValue(feed.Id, out var bucket) && bucket.PerSecond == feed.RateLimit) return bucket;
        return buckets[feed.Id] = new TokenBucket(feed.RateLimit, time);
    }
}

/// <summary>
/// Fills by so many tokens a second, up to two seconds' worth. A post may come in while there is a token; its further items are taken off
/// afterwards, also into debt, so that a large post passes and then has to be waited for.
/// </summary>
internal sealed class TokenBucket(int perSecond, TimeProvider time)
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(2);

    private readonly double capacity = perSecond * Burst.TotalSeconds;
    private readonly Lock mutex = new();
    private double tokens = perSecond * Burst.TotalSeconds;
    private long filledAt = time.GetTimestamp();

    public int PerSecond => perSecond;

    /// <summary>Takes one token, or tells how long it takes until there is one.</summary>
    public bool TryTake(out TimeSpan wait)
    {
        lock (mutex)
        {
            var now = time.GetTimestamp();
            tokens = Math.Min(capacity, tokens + time.GetElapsedTime(filledAt, now).TotalSeconds * perSecond);
            filledAt = now;
            wait = tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - tokens) / perSecond);
            if (tokens < 1) return false;
            tokens--;
            return true;
        }
    }

    public void Charge(int more)
    {
        lock (mutex) tokens -= more;
    }
}
