using Microsoft.Extensions.Options;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Intake;

/// <summary>Reads bodies into posts, whether they were sent or fetched, within the bounds that all of them share.</summary>
internal sealed class PostReader(IOptions<IntakeOptions> options)
{
    private readonly int maxItems = options.Value.MaxItems;
    private readonly FormatLimits limits = options.Value.ItemLimits with { Memory = new MemoryBudget(options.Value.MaxHeldBytes) };

    /// <summary>Reads a body to its end, or to where it breaks; what came before the break stands.</summary>
    /// <param name="body">What is read.</param>
    /// <param name="format">What it is written in.</param>
    /// <param name="post">Where its items go.</param>
    /// <param name="timeLimit">The body is to be there by then.</param>
    /// <param name="reading">Ends the reading: the time limit, or whoever does not want it any more.</param>
    public async Task<BodyFault?> ReadAsync(FeedBody body, FeedFormat format, Post post, CancellationToken timeLimit, CancellationToken reading)
    {
        await using var items = format.ReadAsync(body, limits, reading).GetAsyncEnumerator(reading);
        while (!post.IsTurnedAway)
        {
            try
            {
                if (!await items.MoveNextAsync()) return null;
            }
            catch (Exception exception) when (BodyFault.Of(exception, timeLimit) is { } fault)
            {
                post.Break(fault.Reason);
                return fault;
            }
            if (post.Items == maxItems)
            {
                var fault = new BodyFault(StatusCodes.Status413PayloadTooLarge, $"more than {maxItems} items");
                post.Break(fault.Reason);
                return fault;
            }
            await post.AddAsync(items.Current, CancellationToken.None);
        }
        return null;
    }
}
