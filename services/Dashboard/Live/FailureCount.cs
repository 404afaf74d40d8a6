using Monitoring.Dashboard.Upstream;

namespace Monitoring.Dashboard.Live;

/// <summary>Asks the services from time to time whether they gave up on anything, for the strip on the watch page.</summary>
internal sealed class FailureCount(LiveBoard board, ServiceApis services, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var answers = await Task.WhenAll(services.All.Select(service => service.FailuresAsync(acting: null, stoppingToken)));
            // A service that is away says nothing new: the count stays what it was.
            if (answers.All(answer => answer.ValueOrDefault is not null)) board.SetFailures(answers.Sum(answer => answer.ValueOrDefault!.Items.Count));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
