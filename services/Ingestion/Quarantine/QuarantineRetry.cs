using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Monitoring.Ingestion.Feeds;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Intake;
using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Telemetry;

namespace Monitoring.Ingestion.Quarantine;

/// <summary>What became of an item that was tried again.</summary>
internal abstract record RetryOutcome
{
    public sealed record Accepted(PostAnswer Answer) : RetryOutcome;

    public sealed record Rejected(PostAnswer Answer) : RetryOutcome;

    /// <summary>Not all of its bytes were kept.</summary>
    public sealed record Incomplete : RetryOutcome;

    /// <summary>The intake is full at the moment.</summary>
    public sealed record Busy : RetryOutcome;

    public sealed record NotThere : RetryOutcome;
}

/// <summary>Sends an item of the quarantine through the intake again, as its feed would, and takes it out once it is accepted.</summary>
internal sealed class QuarantineRetry(IngestionDb db, PostTargets targets, IOptions<IntakeOptions> options, TimeProvider time)
{
    private const int AtOnce = 1_000;

    /// <summary>
    /// Tries the oldest items of a feed again. Those that are refused again count as the newest, so that the next call goes on with others;
    /// of those that were not kept whole nothing can be tried.
    /// </summary>
    /// <returns><c>null</c> when the intake was full before anything was done.</returns>
    public async Task<RetrySummary?> RunAllAsync(Guid feedId, CancellationToken cancellationToken)
    {
        var ids = await db.Quarantine.Where(item => item.FeedId == feedId && !item.IsTruncated)
            .OrderBy(item => item.ReceivedAt).ThenBy(item => item.Id).Select(item => item.Id).Take(AtOnce + 1).ToListAsync(cancellationToken);
        var summary = new RetrySummary(0, 0, ids.Count > AtOnce);
        foreach (var id in ids.Take(AtOnce))
        {
            switch (await RunAsync(id, cancellationToken))
            {
                case RetryOutcome.Accepted:
                    summary = summary with { Accepted = summary.Accepted + 1 };
                    break;
                case RetryOutcome.Rejected or RetryOutcome.Incomplete:
                    summary = summary with { Refused = summary.Refused + 1 };
                    break;
                case RetryOutcome.Busy:
                    return summary is { Accepted: 0, Refused: 0 } ? null : summary with { More = true };
            }
        }
        return summary;
    }

    public async Task<RetryOutcome> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var row = await db.Quarantine.AsNoTracking().Include(item => item.Feed).SingleOrDefaultAsync(item => item.Id == id, cancellationToken);
        if (row is null) return new RetryOutcome.NotThere();
        if (row.IsTruncated || FeedFormats.Named(row.Format) is not { } format) return new RetryOutcome.Incomplete();

        var feed = KnownFeed.Of(row.Feed!);
        using var post = new Post(targets, feed, format, key: null, time.GetUtcNow(), Trace.CurrentId);
        var isWhole = true;
        await foreach (var item in format.ReadAsync(FeedBody.Of(row.Raw, feed.Columns), options.Value.ItemLimits, cancellationToken))
        {
            isWhole &= !item.IsTruncated;
            await post.AddAsync(item, cancellationToken);
        }
        var answer = await post.CompleteAsync(cancellationToken);
        if (post.IsTurnedAway) return new RetryOutcome.Busy();
        // Refused again, it is back in quarantine already, with the reason of today; under another id, where its bytes are cut out otherwise now.
        var isReplaced = isWhole && answer.Rejected.All(item => item.QuarantineId is { } kept && kept != id);
        if (answer.Rejected.Count == 0 || isReplaced) await db.Quarantine.Where(item => item.Id == id).ExecuteDeleteAsync(cancellationToken);
        return answer.Rejected.Count > 0 ? new RetryOutcome.Rejected(answer) : new RetryOutcome.Accepted(answer);
    }
}
