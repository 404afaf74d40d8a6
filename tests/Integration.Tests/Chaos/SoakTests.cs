using System.Diagnostics;
using Monitoring.Integration.Tests.Systems;
using Monitoring.Integration.Tests.Webhooks;

namespace Monitoring.Integration.Tests.Chaos;

[Trait("Category", "Soak")]
public sealed class SoakTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Anything_killed_at_any_moment_for_minutes_loses_and_doubles_nothing()
    {
        var seed = Seed.Next();
        var random = new Random(seed);
        await using var servers = await Servers.StartOwnAsync();
        await using var stack = await Stack.StartAsync(servers, copies: 2);
        // One of sixteen notifications is refused at first.
        await using var target = new WebhookTarget((call, before) => before == 0 && call.Id[^1] == '0' ? new Reply.Status(500) : new Reply.Status(200));
        var arrival = await Arrival.PrepareAsync(stack, target);
        await using var poster = arrival.Post(seed);

        for (var since = Stopwatch.StartNew(); since.Elapsed < Length;)
        {
            await poster.AcceptMoreAsync(random.Next(20, 1_500), Deadline);
            switch (random.Next(10))
            {
                case 0:
                    await servers.Postgres.KillAsync();
                    await servers.Postgres.StartAsync();
                    break;
                case 1:
                    await servers.RabbitMq.KillAsync();
                    await servers.RabbitMq.StartAsync();
                    break;
                default:
                    var victim = stack.Copies[random.Next(stack.Copies.Count)];
                    await victim.KillAsync();
                    victim.Start();
                    break;
            }
        }

        await stack.ReadyAsync();
        await poster.FinishAsync();
        await arrival.IsCompleteAsync(poster);
    }
}
