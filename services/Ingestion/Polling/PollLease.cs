using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Ingestion.Polling;

/// <summary>Keeps a poll's lease alive while it is fetched, and tells when it is lost.</summary>
internal sealed class PollLease : IAsyncDisposable
{
    private static readonly TimeSpan Renewal = PollStore.Lease / 4;

    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource done = new();
    private readonly Task keeping;

    public PollLease(PollStore store, PollRow poll, TimeProvider time) => keeping = KeepAsync(store, poll, time);

    /// <summary>The poll is another copy's by now, or may be: the fetch is to end.</summary>
    public CancellationToken Lost => lost.Token;

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await keeping;
        done.Dispose();
        lost.Dispose();
    }

    private async Task KeepAsync(PollStore store, PollRow poll, TimeProvider time)
    {
        var until = poll.LeaseUntil!.Value;
        try
        {
            // Whoever cannot renew it stops a quarter early.
            while (time.GetUtcNow() + Renewal < until)
            {
                await Task.Delay(Renewal, time, done.Token);
                var renewed = time.GetUtcNow() + PollStore.Lease;
                try
                {
                    if (!await store.RenewAsync(poll, done.Token)) break;
                    until = renewed;
                }
                catch (Exception exception) when (TransientFaults.IsTransient(exception))
                {
                    // Met again at the next renewal, while the lease lasts.
                }
            }
            await lost.CancelAsync();
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The fetch has ended.
        }
        catch (Exception)
        {
            // Whatever it was, nobody renews the lease any more.
            await lost.CancelAsync();
            throw;
        }
    }
}
