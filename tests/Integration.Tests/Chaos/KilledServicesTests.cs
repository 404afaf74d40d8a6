using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;
using Monitoring.Integration.Tests.Webhooks;

namespace Monitoring.Integration.Tests.Chaos;

public sealed class KilledServicesTests(Servers servers)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("Ingestion")]
    [InlineData("Classification")]
    [InlineData("Alerting")]
    [InlineData("Dashboard")]
    public async Task A_service_killed_again_and_again_in_the_middle_of_a_load_loses_and_doubles_nothing(string service)
    {
        var seed = Seed.Next();
        var random = new Random(seed);
        await using var stack = await Stack.StartAsync(servers);
        await using var target = WebhookTarget.ThatTakesAll();
        var arrival = await Arrival.PrepareAsync(stack, target);
        await using var poster = arrival.Post(seed);

        for (var kill = 0; kill < 4; kill++)
        {
            await poster.AcceptMoreAsync(random.Next(50, 300), Deadline);
            await stack.Of(service)[0].KillAsync();
            stack.Of(service)[0].Start();
            // Half of the times the next kill meets it while it starts.
            if (random.Next(2) == 0) await stack.ReadyAsync();
        }

        await stack.ReadyAsync();
        await poster.AcceptMoreAsync(200, Deadline);
        await poster.FinishAsync();
        await arrival.IsCompleteAsync(poster);
    }

    [Fact]
    public async Task Two_copies_of_every_service_share_the_work_while_one_of_each_is_killed()
    {
        var seed = Seed.Next();
        var random = new Random(seed);
        await using var stack = await Stack.StartAsync(servers, copies: 2);
        await using var target = WebhookTarget.ThatTakesAll();
        var arrival = await Arrival.PrepareAsync(stack, target);
        await using var poster = arrival.Post(seed);

        foreach (var service in new[] { "Ingestion", "Classification", "Alerting", "Dashboard" })
        {
            await poster.AcceptMoreAsync(random.Next(50, 300), Deadline);
            var victim = stack.Of(service)[random.Next(2)];
            await victim.KillAsync();
            await poster.AcceptMoreAsync(random.Next(50, 300), Deadline);
            victim.Start();
        }

        await stack.ReadyAsync();
        await poster.AcceptMoreAsync(200, Deadline);
        await poster.FinishAsync();
        await arrival.IsCompleteAsync(poster);
    }

    [Fact]
    public async Task A_copy_killed_while_two_of_them_join_the_reports_of_one_story_leaves_one_incident_with_all_of_them()
    {
        await using var stack = await Stack.StartAsync(servers, copies: 2, "Classification", "Alerting");
        var rule = await stack.Api.CreateRuleAsync("locomotives", "locomotive");
        var now = TimeProvider.System.GetUtcNow();
        var reports = Enumerable.Range(0, 12).Select(_ => Guid.NewGuid()).Select((feed, number) => new ReceivedReport
        {
            Id = Ids.Report(feed, "1"), Revision = 1, FeedId = feed, Feed = $"feed-{feed:N}", ReceivedAt = now,
            Report = new Report { ExternalId = "1", Title = number % 2 == 0 ? "Locomotive plant in Kharagpur destroyed by fire" : "Fire destroys locomotive plant in Kharagpur" },
        }).ToList();
        await using var bus = await TestBus.ConnectAsync(stack);

        // One copy has written all and cannot commit, and the other waits for it.
        await using (await stack.Database.HoldAsync("LOCK TABLE classification.outbox IN SHARE MODE"))
        {
            await bus.PublishAsync(reports.Select(report => new ReportsReceived { Reports = [report] }));
            await stack.Database.BlocksAsync("each copy", count: 2);
            await stack.Classification[1].KillAsync();
        }

        await Eventually.EqualsAsync("reports known", Deadline, (long)reports.Count, () => CountAsync("SELECT count(*) FROM classification.incident_reports"));
        var incident = await stack.Api.IncidentAsync(Assert.Single(await stack.Database.ListAsync<Guid>("SELECT DISTINCT incident_id FROM classification.incident_reports")));
        Assert.Equal((IncidentState.Open, reports.Count), (incident.State, incident.ReportCount));
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM classification.incidents"));
        // Those before the last one: no version was skipped, none is there twice.
        Assert.Equal(incident.Version - 1, await CountAsync("SELECT count(*) FROM classification.incident_versions"));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM classification.failed_items"));
        await Eventually.EqualsAsync("the version that alerts are of", Deadline, incident.Version, async () =>
            (await stack.Database.ListAsync<int>("SELECT version FROM alerting.incident_versions WHERE incident_id = $1", incident.Id)).SingleOrDefault());
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM alerting.alerts WHERE rule_id = $1", rule));

        Task<long> CountAsync(string sql, params object[] values) => stack.Database.ReadAsync<long>(sql, values);
    }
}
