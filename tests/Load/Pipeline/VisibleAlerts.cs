namespace Monitoring.Load.Pipeline;

/// <summary>Looks every few milliseconds which alerts can be read: the row's own time is taken before its transaction commits.</summary>
internal sealed class VisibleAlerts : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Overlap = TimeSpan.FromMilliseconds(150);
    private readonly Dictionary<Guid, long> seen = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly Task looking;

    public VisibleAlerts(Ledger ledger, TimeProvider time) => looking = LookAsync(ledger, time);

    /// <summary>When each alert was first seen; complete once this is disposed of.</summary>
    public IReadOnlyDictionary<Guid, long> Seen => seen;

    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested) return;
        await stopping.CancelAsync();
        await looking;
    }

    private async Task LookAsync(Ledger ledger, TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var newest = time.GetUtcNow();
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                var rows = await ledger.AlertsSinceAsync(newest - Overlap);
                var now = time.GetUtcNow().UtcTicks;
                foreach (var (alert, at) in rows)
                {
                    seen.TryAdd(alert, now);
                    if (at > newest.UtcTicks) newest = new DateTimeOffset(at, TimeSpan.Zero);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
