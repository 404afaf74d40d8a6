using Monitoring.Ingestion.Feeds;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Intake;
using Monitoring.ServiceDefaults.Telemetry;

namespace Monitoring.Ingestion.Polling;

/// <summary>What the intake made of a body that was fetched.</summary>
internal sealed record FetchedPost(bool IsTurnedAway, bool HasTaken, PostAnswer Answer, BodyFault? Fault)
{
    /// <summary>What was refused, for people; <c>null</c> where nothing was.</summary>
    public string? Refusals => Answer.Rejected is not [var first, ..] rejected ? null
        : HasTaken ? $"{rejected.Count} of {Answer.Accepted.Count + Answer.Duplicates.Count + rejected.Count} items were refused, the first at {first.Problem.Detail}"
        : $"nothing was accepted; the first of {rejected.Count} problems: {first.Problem.Detail}";
}

/// <summary>Sends what was fetched through the intake, as if its feed had posted it.</summary>
internal sealed class FetchedPosts(PostTargets targets, PostReader reader, TimeProvider time)
{
    /// <param name="feed">Whose it is.</param>
    /// <param name="format">What it is written in.</param>
    /// <param name="body">What was fetched, as it comes.</param>
    /// <param name="timeLimit">The body is to be there by then.</param>
    /// <param name="cancellationToken">Ends it; what was handed to the intake may stand.</param>
    public async Task<FetchedPost> TakeAsync(KnownFeed feed, FeedFormat format, FeedBody body, CancellationToken timeLimit, CancellationToken cancellationToken)
    {
        using var post = new Post(targets, feed, format, key: null, time.GetUtcNow(), Trace.CurrentId);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeLimit, cancellationToken);
        var fault = await reader.ReadAsync(body, format, post, timeLimit, either.Token);
        cancellationToken.ThrowIfCancellationRequested();
        var answer = await post.CompleteAsync(cancellationToken);
        return new(post.IsTurnedAway, post.HasTaken, answer, fault);
    }
}
