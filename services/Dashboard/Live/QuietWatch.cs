using MassTransit;
using Monitoring.Contracts;
using Monitoring.Dashboard.Upstream;

namespace Monitoring.Dashboard.Live;

/// <summary>Asks Ingestion which feeds are late or silent: from time to time, and when the bus tells that one changed.</summary>
internal sealed class QuietWatch(LiveBoard board, IngestionApi ingestion, LiveOptions options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(2);

    private readonly Nudge nudge = new(time);

    /// <summary>Something changed: it is asked for soon, and many changes at once are asked for once.</summary>
    public void Hint() => nudge.Give();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var answer = await ingestion.QuietFeedsAsync(stoppingToken);
            // Of a service that is away nothing is known: saying so keeps an empty list from looking like good news.
            board.SetQuiet(QuietHtml.Of(answer.ValueOrDefault?.Items));
            await Task.Delay(options.FrameInterval, time, stoppingToken);
            await nudge.WaitAsync(answer.ValueOrDefault is null ? RetryWait : options.CatchUpInterval, stoppingToken);
        }
    }
}

/// <summary>Takes the hint that a feed went quiet, or is heard again.</summary>
internal sealed class FeedHealthConsumer(QuietWatch quiet) : IConsumer<FeedHealthChanged>
{
    public Task Consume(ConsumeContext<FeedHealthChanged> context)
    {
        quiet.Hint();
        return Task.CompletedTask;
    }
}
