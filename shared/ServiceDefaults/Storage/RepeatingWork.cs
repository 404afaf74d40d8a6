using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Monitoring.ServiceDefaults.Storage;

/// <summary>Work on the database that repeats for as long as the service runs, such as retention. A server that is away is met again next time.</summary>
public abstract partial class RepeatingWork(DatabaseReady ready, TimeProvider time, TimeSpan period, ILogger logger) : BackgroundService
{
    /// <summary>Does what is due.</summary>
    protected abstract Task RunOnceAsync(CancellationToken cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(period, time);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (TransientFaults.IsTransient(exception))
            {
                LogAway(logger, GetType().Name, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "{Work} waits for its server: {Reason}")]
    private static partial void LogAway(ILogger logger, string work, string reason);
}
