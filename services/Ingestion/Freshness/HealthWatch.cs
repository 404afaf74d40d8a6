using Microsoft.Extensions.Options;
using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Ingestion.Freshness;

/// <summary>Looks time and again how each feed is, stores it, and tells of what has changed. Of several copies one looks at a time.</summary>
internal sealed class HealthWatch(HealthSql sql, IOptions<FreshnessOptions> options, DatabaseReady ready, TimeProvider time, ILogger<HealthWatch> logger)
    : RepeatingWork(ready, time, options.Value.Interval, logger)
{
    /// <summary>For as long as a cadence is used that was learned; habits change more slowly.</summary>
    private static readonly TimeSpan LearnedFor = TimeSpan.FromHours(1);

    private readonly TimeProvider time = time;
    private readonly Dictionary<Guid, Lesson> lessons = [];

    private sealed record Lesson(Cadence Cadence, DateTimeOffset? LastHeardAt, long LearnedAt);

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var look = await sql.TryLookAsync(cancellationToken);
        if (look is null) return;
        await LearnAsync(look, cancellationToken);
        var now = time.GetUtcNow();
        var found = look.Feeds.Select(feed => (Feed: feed, Health: Health.Of(feed, lessons[feed.Id].Cadence, now))).ToList();
        await look.CompleteAsync([.. found.Where(one => one.Health != one.Feed.Found)], now, cancellationToken);
        HealthMetrics.Found(found.Select(one => one.Health.State));
    }

    private async Task LearnAsync(HealthLook look, CancellationToken cancellationToken)
    {
        var due = look.Feeds.Where(IsDue).ToDictionary(feed => feed.Id);
        if (due.Count == 0) return;
        var heard = await look.ReadHoursAsync(due.Keys, cancellationToken);
        foreach (var (id, feed) in due) lessons[id] = new(Cadence.Learn(heard.GetValueOrDefault(id) ?? []), feed.LastHeardAt, time.GetTimestamp());
    }

    /// <summary>What is not known yet is learned with every word.</summary>
    private bool IsDue(WatchedFeed feed) =>
        !lessons.TryGetValue(feed.Id, out var lesson)
        || time.GetElapsedTime(lesson.LearnedAt) >= LearnedFor
        || (!lesson.Cadence.IsLearned && lesson.LastHeardAt != feed.LastHeardAt);
}
