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
    public async Task<RetryOutcome> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var row = await db.Quarantine.AsNoTracking().Include(item => item.Feed).SingleOrDefaultAsync(item => item.Id == id, cancellationToken);
        if (row is null) return new RetryOutcome.NotThere();
        if (row.IsTruncated || FeedFormats.Named(row.Format) is not { } format) return new RetryOutcome.Incomplete();

        var feed = KnownFeed.Of(row.Feed!);
        using var post = new Post(targets, feed, format, key: null, time.GetUtcNow(), Trace.CurrentId);
        await foreach (var item in format.ReadAsync(FeedBody.Of(row.Raw, feed.Columns), options.Value.ItemLimits, cancellationToken)) await post.AddAsync(item, cancellationToken);
        var answer = await post.CompleteAsync(cancellationToken);
        if (post.IsTurnedAway) return new RetryOutcome.Busy();
        // Refused again, it is back in quarantine already, with the reason of today.
        if (answer.Rejected.Count > 0) return new RetryOutcome.Rejected(answer);
        await db.Quarantine.Where(item => item.Id == id).ExecuteDeleteAsync(cancellationToken);
        return new RetryOutcome.Accepted(answer);
    }
}
