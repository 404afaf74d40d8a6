using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Monitoring.Contracts;
using Monitoring.Ingestion.Storage;

namespace Monitoring.Ingestion.Feeds;

/// <summary>What the intake knows of a feed.</summary>
internal sealed record KnownFeed(Guid Id, string Name, Marking? Marking, int RateLimit, bool IsEnabled)
{
    /// <summary>The name of the format that it speaks, where a post does not say.</summary>
    public string? Format { get; init; }

    /// <summary>BCP 47; of reports that bear none.</summary>
    public string? Language { get; init; }

    /// <summary>For each field of a report the header of the CSV column that it stands in.</summary>
    public IReadOnlyDictionary<string, string>? Columns { get; init; }

    public Reliability Reliability { get; init; } = Reliability.F;

    /// <summary>The publisher's house, where several feeds belong to one.</summary>
    public string? Family { get; init; }

    public static KnownFeed Of(FeedRow feed) => new(feed.Id, feed.Name, feed.Marking, feed.RateLimit, feed.IsEnabled)
    {
        Format = feed.Format,
        Language = feed.Language,
        Columns = feed.Columns,
        Reliability = feed.Reliability,
        Family = feed.Family,
    };
}

/// <summary>Finds feeds by their keys. An answer is used for five seconds, also that there is none: a revoked key works that long at most.</summary>
internal sealed class KnownFeeds(IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);
    private const int EntriesAtMost = 10_000;

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    private sealed record Entry(long AskedAt, Lazy<Task<KnownFeed?>> Answer);

    /// <returns>The feed whose key this is, or <c>null</c>. Throws where the database is away.</returns>
    public ValueTask<KnownFeed?> FindAsync(string key)
    {
        if (!entries.TryGetValue(key, out var entry) || time.GetElapsedTime(entry.AskedAt) >= Freshness || entry.Answer is { IsValueCreated: true, Value.IsFaulted: true })
            entry = Ask(key, entry);
        var answer = entry.Answer.Value;
        return answer.IsCompletedSuccessfully ? new(answer.GetAwaiter().GetResult()) : new(answer);
    }

    /// <returns>A feed that there is, as it stands now.</returns>
    public async Task<KnownFeed> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var feed = await scope.ServiceProvider.GetRequiredService<IngestionDb>().Feeds.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        return KnownFeed.Of(feed);
    }

    /// <summary>This copy takes up a change at once; the others within the five seconds.</summary>
    public void Forget() => entries.Clear();

    /// <summary>Those who ask for the same key at the same time share one look into the database.</summary>
    private Entry Ask(string key, Entry? stale)
    {
        if (entries.Count >= EntriesAtMost) entries.Clear();
        var fresh = new Entry(time.GetTimestamp(), new(() => LoadAsync(key)));
        if (stale is null) return entries.GetOrAdd(key, fresh);
        return entries.TryUpdate(key, fresh, stale) ? fresh : entries.GetOrAdd(key, fresh);
    }

    private async Task<KnownFeed?> LoadAsync(string key)
    {
        var digest = FeedKey.DigestOf(key);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestionDb>();
        var row = await (
            from held in db.FeedKeys
            where held.Digest == digest && held.RevokedAt == null
            join feed in db.Feeds on held.FeedId equals feed.Id
            select feed).AsNoTracking().SingleOrDefaultAsync();
        return row is null ? null : KnownFeed.Of(row);
    }
}
