using System.IO.Pipelines;
using Microsoft.Extensions.Options;
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
internal sealed class FetchedPosts(PostTargets targets, IOptions<IntakeOptions> options, TimeProvider time)
{
    /// <param name="feed">Whose it is.</param>
    /// <param name="format">What it is written in.</param>
    /// <param name="body">What was fetched, as it comes.</param>
    /// <param name="timeLimit">The body is to be there by then.</param>
    /// <param name="cancellationToken">Ends it; what was handed to the intake may stand.</param>
    public async Task<FetchedPost> TakeAsync(KnownFeed feed, FeedFormat format, PipeReader body, CancellationToken timeLimit, CancellationToken cancellationToken)
    {
        using var post = new Post(targets, feed, format, key: null, time.GetUtcNow(), Trace.CurrentId);
        var fault = await ReadAsync(post, format, body, timeLimit, cancellationToken);
        var answer = await post.CompleteAsync(cancellationToken);
        return new(post.IsTurnedAway, post.HasTaken, answer, fault);
    }

    private async Task<BodyFault?> ReadAsync(Post post, FeedFormat format, PipeReader body, CancellationToken timeLimit, CancellationToken cancellationToken)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(timeLimit, cancellationToken);
        await using var items = format.ReadAsync(body, options.Value.ItemLimits, reading.Token).GetAsyncEnumerator(reading.Token);
        while (!post.IsTurnedAway)
        {
            try
            {
                if (!await items.MoveNextAsync()) return null;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && BodyFault.Of(exception, timeLimit) is { } fault)
            {
                post.Break(fault.Reason);
                return fault;
            }
            if (post.Items == options.Value.MaxItems)
            {
                var fault = new BodyFault(StatusCodes.Status413PayloadTooLarge, $"more than {options.Value.MaxItems} items");
                post.Break(fault.Reason);
                return fault;
            }
            await post.AddAsync(items.Current, cancellationToken);
        }
        return null;
    }
}
