using System.Runtime.InteropServices;

namespace Monitoring.Ingestion.Freshness;

/// <summary>What was heard of a feed in an hour.</summary>
internal readonly record struct HeardHour(Guid FeedId, ActiveHour Active, DateTimeOffset LastAt);

/// <summary>
/// Notes of which feeds something was heard, be it only that nothing is new. Cheap enough for every post: what was noted is gathered here,
/// and written every few seconds by <see cref="HearingWriter"/>.
/// </summary>
internal sealed class FeedHearing
{
    private readonly Lock gate = new();
    private Dictionary<(Guid Feed, DateTimeOffset Hour), (long Minutes, DateTimeOffset LastAt)> heard = [];

    /// <summary>Something came from the feed: a post of which anything was taken, or an answer to a poll. Never waits.</summary>
    public void Heard(Guid feedId, DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        var hour = new DateTimeOffset(utc.Date.AddHours(utc.Hour), TimeSpan.Zero);
        lock (gate) Add(feedId, hour, 1L << utc.Minute, at);
    }

    /// <summary>Takes out what was noted, in the order of the feeds.</summary>
    public IReadOnlyList<HeardHour> Take()
    {
        Dictionary<(Guid Feed, DateTimeOffset Hour), (long Minutes, DateTimeOffset LastAt)> taken;
        lock (gate)
        {
            if (heard.Count == 0) return [];
            (taken, heard) = (heard, []);
        }
        return [.. taken.OrderBy(entry => entry.Key).Select(entry => new HeardHour(entry.Key.Feed, new(entry.Key.Hour, entry.Value.Minutes), entry.Value.LastAt))];
    }

    /// <summary>Puts back what could not be written.</summary>
    public void Return(IReadOnlyList<HeardHour> hours)
    {
        lock (gate)
        {
            foreach (var (feed, active, last) in hours) Add(feed, active.Hour, active.Minutes, last);
        }
    }

    private void Add(Guid feed, DateTimeOffset hour, long minutes, DateTimeOffset at)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(heard, (feed, hour), out _);
        entry = (entry.Minutes | minutes, entry.LastAt > at ? entry.LastAt : at);
    }
}
