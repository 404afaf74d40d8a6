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
}
