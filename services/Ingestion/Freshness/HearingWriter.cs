using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Ingestion.Freshness;

/// <summary>Writes what was heard, every few seconds and at the end. A crash loses those seconds, which the next post makes good.</summary>
internal sealed class HearingWriter(FeedHearing hearing, HearingSql sql, DatabaseReady ready, TimeProvider time, ILogger<HearingWriter> logger)
    : RepeatingWork(ready, time, TimeSpan.FromSeconds(5), logger)
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await RunOnceAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException || TransientFaults.IsTransient(exception))
        {
            // The database is away as well.
        }
    }

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var heard = hearing.Take();
        if (heard.Count == 0) return;
        try
        {
            await sql.AddAsync(heard, cancellationToken);
        }
        catch
        {
            hearing.Return(heard);
            throw;
        }
    }
}
