using Monitoring.Contracts;

namespace Monitoring.Ingestion.Freshness;

/// <summary>Of a feed what its health follows from, and how it was found last.</summary>
internal sealed record WatchedFeed
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required bool IsEnabled { get; init; }
    /// <summary>An operator's word, be it only how often the feed is polled; it goes before what was learned.</summary>
    public TimeSpan? ExpectedEvery { get; init; }
    /// <summary>Since when it is as it is: made, or its poll changed.</summary>
    public required DateTimeOffset AwaitedSince { get; init; }
    public DateTimeOffset? LastHeardAt { get; init; }
    public Health Found { get; init; } = Health.Unknown;
}

/// <summary>How a feed is, and from when on it would be late.</summary>
internal sealed record Health(FeedHealth State, DateTimeOffset? ExpectedBy)
{
    /// <summary>An operator names the interval itself: beyond it the feed is late, and silent beyond three of it.</summary>
    private const int SilentIntervals = 3;

    public static Health Unknown { get; } = new(FeedHealth.Unknown, null);

    public static Health Of(WatchedFeed feed, Cadence cadence, DateTimeOffset now)
    {
        if (!feed.IsEnabled || Expect(feed, cadence) is not { } expected) return Unknown;
        var state = now > expected.SilentAfter ? FeedHealth.Silent : now > expected.By ? FeedHealth.Late : expected.IsLearned ? FeedHealth.Fresh : FeedHealth.Unknown;
        // Whole seconds are what the database gives back as it was given.
        return new(state, new DateTimeOffset(expected.By.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero));
    }

    private static Expectation? Expect(WatchedFeed feed, Cadence cadence)
    {
        if (feed.ExpectedEvery is not { } interval) return feed.LastHeardAt is { } last ? cadence.After(last) : null;
        // A feed that was not heard since is not fresh, but has until its first time.
        var isHeard = feed.LastHeardAt >= feed.AwaitedSince;
        var from = isHeard ? feed.LastHeardAt!.Value : feed.AwaitedSince;
        return new Expectation(from + interval, from + SilentIntervals * interval, IsLearned: isHeard);
    }
}
