using Monitoring.Contracts;
using Monitoring.Load.Bare;
using Monitoring.Load.Client;
using Monitoring.Load.Figures;
using Monitoring.Load.Traffic;

namespace Monitoring.Load.Intake;

/// <summary>Measures how many reports a second the intake accepts, and what share that is of bare HTTP in the same run.</summary>
internal static class IntakeCommand
{
    public static async Task<int> RunAsync(Arguments arguments, RunningSystem system, TimeProvider time)
    {
        var before = arguments.Bare ? await BareCommand.MeasureAsync(arguments, time) : null;

        var run = $"intake{time.GetUtcNow():yyyyMMddHHmmss}";
        var crew = new Crew(
            await Connection.ResolveAsync(system.Ingestion),
            arguments.Connections,
            seed => new ReportTexts(new Random(seed), time.GetUtcNow())
                .Requests(system.Ingestion, system.FeedKey, run, arguments.Batch, ReportStatus.Test),
            time);
        await crew.PostAsync(arguments.WarmUp, rate: null);
        await using var usage = SystemUsage.Watch(system, time);
        var sent = await crew.PostAsync(arguments.Length, rate: null);
        var figures = PostingFigures.Of(sent);
        var cpu = usage.CpuPerThousand(figures.Accepted);

        var after = arguments.Bare ? await BareCommand.MeasureAsync(arguments, time) : null;
        Result.Print(new
        {
            command = "intake",
            arguments.Connections,
            arguments.Batch,
            figures,
            cpuSecondsPerThousand = cpu,
            peakMegabytes = usage.PeakMegabytes(),
            bare = before is null || after is null ? null : new
            {
                before = before.AcceptedPerSecond,
                after = after.AcceptedPerSecond,
                sharePercent = Math.Round(200 * figures.AcceptedPerSecond / (before.AcceptedPerSecond + after.AcceptedPerSecond), 1),
            },
        });
        return 0;
    }
}
