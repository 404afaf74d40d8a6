using System.Threading.Channels;
using Monitoring.ServiceDefaults.Bulk;

namespace Monitoring.Alerting.Delivery;

/// <summary>
/// Gathers the outcomes of attempts for a moment, so that few transactions record many. Nobody waits for it: what a crash leaves unrecorded
/// is delivered once more, under the same id.
/// </summary>
internal sealed class AttemptLog(GroupCommit<AttemptResult, bool> results, TimeProvider time)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(25);
    private const int AtMost = 500;

    private readonly Channel<AttemptResult> ended = Channel.CreateUnbounded<AttemptResult>(new() { SingleReader = true });
    private readonly CancellationTokenSource hurrying = new();

    public void Add(AttemptResult result) => ended.Writer.TryWrite(result);

    /// <summary>Records until <see cref="Complete"/>, and then what is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await ended.Reader.WaitToReadAsync(cancellationToken))
        {
            await Task.Delay(Moment, time, hurrying.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var group = new List<AttemptResult>();
            while (group.Count < AtMost && ended.Reader.TryRead(out var result)) group.Add(result);
            await results.SubmitAsync(group, cancellationToken);
        }
    }

    /// <summary>No outcome comes any more.</summary>
    public void Complete()
    {
        ended.Writer.TryComplete();
        hurrying.Cancel();
    }
}
