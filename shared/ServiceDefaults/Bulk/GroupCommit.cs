using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.ServiceDefaults.Bulk;

/// <summary>Bounds of a <see cref="GroupCommit{TItem,TResult}"/>.</summary>
public sealed record GroupLimits
{
    /// <summary>Items that one transaction takes at most.</summary>
    public int Items { get; init; } = 500;
    /// <summary>Bytes, as weighed by <see cref="IGroupWriter{TItem,TResult}.Weigh"/>, that one transaction takes at most.</summary>
    public int Bytes { get; init; } = 4 << 20;
    /// <summary>
    /// Groups of fewer than <see cref="SmallGroup"/> items start no closer together than this: a transaction and a message cost the same for
    /// one item as for many, and at each stage behind. Whoever comes alone does not wait.
    /// </summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(8);
    /// <summary>So many items are worth a transaction at once.</summary>
    public int SmallGroup { get; init; } = 16;
    /// <summary>Items that may wait.</summary>
    public int WaitingItems { get; init; } = 20_000;
    /// <summary>Bytes that may wait.</summary>
    public long WaitingBytes { get; init; } = 64 << 20;
}

/// <summary>What a group commit does with a group, and with the item that no transaction takes.</summary>
public interface IGroupWriter<TItem, TResult>
{
    /// <summary>Writes all items in one transaction, and answers for each, in order. Throws for the group; then none of it may stand.</summary>
    Task<IReadOnlyList<TResult>> WriteAsync(IReadOnlyList<TItem> items, CancellationToken cancellationToken);

    /// <summary>Answers for an item that was refused even alone, after keeping it for inspection.</summary>
    Task<TResult> RefuseAsync(TItem item, Exception reason, CancellationToken cancellationToken);

    /// <summary>The item's size in bytes, roughly.</summary>
    int Weigh(TItem item);

    /// <summary>
    /// <c>true</c>: a server that is away is waited for, however long (a consumer: the broker keeps the message). <c>false</c>: the
    /// submission fails with the fault (a post: the sender tries again).
    /// </summary>
    bool WaitsForServer { get; }
}

/// <summary>
/// Turns many small submissions into few transactions: one writer takes whatever has arrived while the last commit ran, so that nothing
/// lingers when the load is low and groups grow when it is high; small groups keep a pace. A group that fails for its content is halved
/// until the bad item stands alone.
/// </summary>
public sealed partial class GroupCommit<TItem, TResult>(
    IGroupWriter<TItem, TResult> writer, GroupLimits limits, TimeProvider time, ILogger<GroupCommit<TItem, TResult>> logger)
{
    private sealed record Submission(IReadOnlyList<TItem> Items, long Bytes)
    {
        public TaskCompletionSource<IReadOnlyList<TResult>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private readonly Channel<Submission> waiting = Channel.CreateUnbounded<Submission>(new() { SingleReader = true });
    private long waitingItems;
    private long waitingBytes;
    private volatile TaskCompletionSource? enough;
    private long startedAt = time.GetTimestamp();
    private int lastItems;

    /// <summary>
    /// Hands over items (at most <see cref="GroupLimits.Items"/>) and completes with a result for each once they are committed; <c>null</c>
    /// when too much is waiting already. On shutdown it may never complete: whoever waits must not take that for a refusal.
    /// </summary>
    public Task<IReadOnlyList<TResult>>? TrySubmit(IReadOnlyList<TItem> items)
    {
        var submission = new Submission(items, items.Sum(item => (long)writer.Weigh(item)));
        var full = Interlocked.Add(ref waitingItems, items.Count) > limits.WaitingItems;
        full |= Interlocked.Add(ref waitingBytes, submission.Bytes) > limits.WaitingBytes;
        // A submission larger than the bound still goes when nothing else waits, or it could never go.
        if (full && Interlocked.Read(ref waitingItems) > items.Count)
        {
            Leave(submission);
            return null;
        }
        waiting.Writer.TryWrite(submission);
        if (enough is { } pacing && Interlocked.Read(ref waitingItems) >= EnoughItems) pacing.TrySetResult();
        return submission.Done.Task;
    }

    /// <summary>As <see cref="TrySubmit"/>, waiting for room.</summary>
    public async Task<IReadOnlyList<TResult>> SubmitAsync(IReadOnlyList<TItem> items, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TrySubmit(items) is { } submitted) return await submitted;
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var group = new List<Submission>();
        while (await waiting.Reader.WaitToReadAsync(cancellationToken))
        {
            await KeepPaceAsync(cancellationToken);
            group.Clear();
            Gather(group);
            await CommitAsync(group, cancellationToken);
        }
    }

    /// <summary>Where groups are large already, half of the last one is enough: those who wait for its results come again at once.</summary>
    private int EnoughItems => Math.Max(limits.SmallGroup, lastItems / 2);

    private async Task KeepPaceAsync(CancellationToken cancellationToken)
    {
        var left = limits.Pace - time.GetElapsedTime(startedAt);
        if (left > TimeSpan.Zero)
        {
            var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // A fence: whoever submits from here on sees it, and who has submitted before is counted.
            Interlocked.Exchange(ref enough, arrived);
            if (Interlocked.Read(ref waitingItems) < EnoughItems)
                await arrived.Task.WaitAsync(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            enough = null;
            cancellationToken.ThrowIfCancellationRequested();
        }
        startedAt = time.GetTimestamp();
    }

    private void Gather(List<Submission> group)
    {
        var (items, bytes) = (0, 0L);
        while (waiting.Reader.TryPeek(out var next))
        {
            if (group.Count > 0 && (items + next.Items.Count > limits.Items || bytes + next.Bytes > limits.Bytes)) return;
            waiting.Reader.TryRead(out _);
            Leave(next);
            group.Add(next);
            items += next.Items.Count;
            bytes += next.Bytes;
            lastItems = items;
        }
    }

    private void Leave(Submission submission)
    {
        Interlocked.Add(ref waitingItems, -submission.Items.Count);
        Interlocked.Add(ref waitingBytes, -submission.Bytes);
    }

    private async Task CommitAsync(List<Submission> group, CancellationToken cancellationToken)
    {
        try
        {
            var items = group.Count == 1 ? group[0].Items : [.. group.SelectMany(submission => submission.Items)];
            var results = await WriteAsync(items, cancellationToken);
            var start = 0;
            foreach (var submission in group)
            {
                submission.Done.SetResult(group.Count == 1 ? results : [.. results.Skip(start).Take(submission.Items.Count)]);
                start += submission.Items.Count;
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            foreach (var submission in group) submission.Done.TrySetException(exception);
        }
    }

    private async Task<IReadOnlyList<TResult>> WriteAsync(IReadOnlyList<TItem> items, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await writer.WriteAsync(items, cancellationToken);
            }
            catch (Exception exception) when (TransientFaults.IsConflict(exception) && attempt < 20)
            {
                LogConflict(items.Count, exception.Message);
            }
            catch (Exception exception) when (TransientFaults.IsTransient(exception))
            {
                if (!writer.WaitsForServer) throw;
                LogAway(items.Count, exception.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(2_000, 100 * (attempt + 1))), time, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (items.Count == 1) return [await RefuseAsync(items[0], exception, cancellationToken)];
                return await HalveAsync(items, cancellationToken);
            }
        }
    }

    private async Task<IReadOnlyList<TResult>> HalveAsync(IReadOnlyList<TItem> items, CancellationToken cancellationToken)
    {
        var middle = items.Count / 2;
        var first = await WriteAsync([.. items.Take(middle)], cancellationToken);
        var second = await WriteAsync([.. items.Skip(middle)], cancellationToken);
        return [.. first, .. second];
    }

    private async Task<TResult> RefuseAsync(TItem item, Exception reason, CancellationToken cancellationToken)
    {
        LogRefused(reason);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await writer.RefuseAsync(item, reason, cancellationToken);
            }
            catch (Exception exception) when (writer.WaitsForServer && TransientFaults.IsTransient(exception))
            {
                LogAway(1, exception.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(2_000, 100 * (attempt + 1))), time, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "A group of {Count} met another transaction, repeating it: {Reason}")]
    private partial void LogConflict(int count, string reason);

    [LoggerMessage(LogLevel.Warning, "A group of {Count} waits for its server: {Reason}")]
    private partial void LogAway(int count, string reason);

    [LoggerMessage(LogLevel.Error, "An item was refused even alone and is kept for inspection")]
    private partial void LogRefused(Exception reason);
}
