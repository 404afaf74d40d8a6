namespace Monitoring.Dashboard.Live;

/// <summary>
/// Paces the board: the first change after a quiet time goes out at once, later ones are gathered until <see cref="LiveOptions.FrameInterval"/>
/// has passed. And beats, so that a dead stream is told from a quiet one.
/// </summary>
internal sealed class BoardPublisher(LiveBoard board, LiveOptions options, TimeProvider time) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(PublishAsync(stoppingToken), BeatAsync(stoppingToken));

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await board.WaitForChangeAsync(cancellationToken);
            board.Publish();
            await Task.Delay(options.FrameInterval, time, cancellationToken);
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.BeatInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken)) board.Beat();
    }
}
