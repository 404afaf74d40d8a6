using Monitoring.Contracts;
using Monitoring.Load.Client;
using Monitoring.Load.Figures;
using Monitoring.Load.Traffic;
using Npgsql;

namespace Monitoring.Load.Pipeline;

/// <summary>Posts reports that match a rule of the tool's own, and follows every one of them to the end.</summary>
internal static class PipelineCommand
{
    // An arrival is waited for as long as others keep coming.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const int RateThatMayBeWatched = 1_000;

    public static async Task<int> RunAsync(Arguments arguments, RunningSystem system, TimeProvider time)
    {
        var run = $"load{time.GetUtcNow():yyyyMMddHHmmss}";
        await using var database = Database(system);
        await using var webhooks = arguments.Webhook ? await WebhookListener.StartAsync(time) : null;
        await using var own = await OwnConfiguration.CreateAsync(system, run, webhooks?.Address);
        await using var page = arguments.Sse ? await LivePage.OpenAsync(system, time) : null;
        var ledger = new Ledger(database, own.Feed, own.Rule);
        var crew = new Crew(
            await Connection.ResolveAsync(system.Ingestion),
            arguments.Connections,
            seed => new ReportTexts(new Random(seed), time.GetUtcNow()).Requests(system.Ingestion, own.FeedKey, run, 1, ReportStatus.Actual),
            time);

        var warmUp = await crew.PostAsync(arguments.WarmUp, arguments.Rate);
        await ArrivalAsync(ledger, webhooks, warmUp.Sum(one => one.Accepted), time);

        await using var usage = SystemUsage.Watch(system, time);
        await using var visible = arguments.Rate <= RateThatMayBeWatched ? new VisibleAlerts(ledger, time) : null;
        var sent = await crew.PostAsync(arguments.Length, arguments.Rate);
        var posting = PostingFigures.Of(sent);
        await ArrivalAsync(ledger, webhooks, warmUp.Sum(one => one.Accepted) + posting.Accepted, time);
        var cpu = usage.CpuPerThousand(posting.Accepted);
        if (visible is not null) await visible.DisposeAsync();

        // The warm-up's reports are under the same feed and rule: they are judged too, but left out of the legs and the rates.
        var found = new Findings
        {
            Reports = await ledger.ReportsAsync(),
            Incidents = await ledger.IncidentsAsync(),
            Alerts = await ledger.AlertsAsync(),
            Visible = visible?.Seen,
            Webhooks = webhooks?.Arrived,
            Page = page?.Appeared,
        };
        var ids = new OwnIds(own.Feed, own.Rule, own.Channel ?? Guid.Empty);
        var whole = Journeys.Of([.. warmUp, .. sent], run, ids, found);
        var measured = Journeys.Of(sent, run, ids, found);
        Result.Print(new
        {
            command = "pipeline",
            arguments.Connections,
            arguments.Rate,
            posting.Accepted,
            posting.AcceptedPerSecond,
            measured.EndToEndPerSecond,
            measured.Milliseconds,
            whole.Lost,
            whole.Duplicated,
            webhooksRepeated = webhooks?.Repeated,
            posting.Errors,
            cpuSecondsPerThousand = cpu,
            peakMegabytes = usage.PeakMegabytes(),
        });
        return whole.Lost.All + whole.Duplicated.All > 0 ? 1 : 0;
    }

    /// <summary>Tables that are young have no statistics yet; what is looked at every few milliseconds must not be read from end to end for that.</summary>
    private static NpgsqlDataSource Database(RunningSystem system)
    {
        var settings = system.Postgres;
        settings.Options = "-c enable_seqscan=off";
        settings.NoResetOnClose = true;
        return NpgsqlDataSource.Create(settings);
    }

    private static async Task ArrivalAsync(Ledger ledger, WebhookListener? webhooks, int expected, TimeProvider time)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        var (arrived, progress) = (-1L, time.GetTimestamp());
        while (await timer.WaitForNextTickAsync())
        {
            var alerts = await ledger.CountAlertsAsync();
            var now = alerts + (webhooks?.Arrived.Count ?? 0);
            if (alerts >= expected && (webhooks is null || webhooks.Arrived.Count >= expected)) return;
            if (now > arrived) (arrived, progress) = (now, time.GetTimestamp());
            else if (time.GetElapsedTime(progress) > Patience) return;
        }
    }
}
