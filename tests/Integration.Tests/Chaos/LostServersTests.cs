using System.Diagnostics;
using System.Net;
using Monitoring.Integration.Tests.Systems;
using Monitoring.Integration.Tests.Webhooks;

namespace Monitoring.Integration.Tests.Chaos;

/// <summary>These tests take the servers themselves away.</summary>
[Collection(OwnServersTests.Name)]
public sealed class LostServersTests(OwnServers own)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task RabbitMq_killed_in_the_middle_of_a_load_loses_and_doubles_nothing()
    {
        var seed = Seed.Next();
        var random = new Random(seed);
        var servers = await own.RunningAsync();
        await using var stack = await Stack.StartAsync(servers);
        await using var target = WebhookTarget.ThatTakesAll();
        var arrival = await Arrival.PrepareAsync(stack, target);
        await using var poster = arrival.Post(seed);

        for (var kill = 0; kill < 2; kill++)
        {
            await poster.AcceptMoreAsync(random.Next(200, 600), Deadline);
            await servers.RabbitMq.KillAsync();
            await poster.AcceptMoreAsync(random.Next(50, 300), Deadline);
            await servers.RabbitMq.StartAsync();
        }

        await poster.AcceptMoreAsync(200, Deadline);
        await poster.FinishAsync();
        Assert.Empty(poster.Refusals);
        await arrival.IsCompleteAsync(poster);
    }

    [Fact]
    public async Task Postgres_killed_in_the_middle_of_a_load_loses_and_doubles_nothing()
    {
        var seed = Seed.Next();
        var random = new Random(seed);
        var servers = await own.RunningAsync();
        await using var stack = await Stack.StartAsync(servers);
        await using var target = WebhookTarget.ThatTakesAll();
        var arrival = await Arrival.PrepareAsync(stack, target);
        await using var poster = arrival.Post(seed);

        for (var kill = 0; kill < 3; kill++)
        {
            await poster.AcceptMoreAsync(random.Next(200, 600), Deadline);
            await servers.Postgres.KillAsync();
            await servers.Postgres.StartAsync();
        }

        await poster.AcceptMoreAsync(200, Deadline);
        await poster.FinishAsync();
        await arrival.IsCompleteAsync(poster);
    }

    [Fact]
    public Task RabbitMq_away_for_a_while_refuses_no_post_and_loses_nothing() => RabbitMqAwayAsync(TimeSpan.FromSeconds(8));

    [Fact]
    [Trait("Category", "Soak")]
    public Task RabbitMq_away_for_minutes_refuses_no_post_and_loses_nothing() => RabbitMqAwayAsync(TimeSpan.FromMinutes(4));

    [Fact]
    public Task Postgres_away_for_a_while_is_answered_by_503_and_loses_nothing() => PostgresAwayAsync(TimeSpan.FromSeconds(8));

    [Fact]
    [Trait("Category", "Soak")]
    public Task Postgres_away_for_minutes_is_answered_by_503_and_loses_nothing() => PostgresAwayAsync(TimeSpan.FromMinutes(3));

    [Fact]
    public async Task Services_that_start_before_their_servers_wait_for_them()
    {
        var servers = await own.RunningAsync();
        await using var stack = await Stack.StartAsync(servers);
        foreach (var copy in stack.Copies) await copy.KillAsync();
        await servers.Postgres.StopAsync();
        await servers.RabbitMq.StopAsync();

        foreach (var copy in stack.Copies) copy.Start();
        foreach (var copy in stack.Copies)
        {
            await Eventually.EqualsAsync($"{copy.Service} lives", Deadline, HttpStatusCode.OK, () => copy.StatusAsync("/health/live"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await copy.StatusAsync("/health/ready"));
        }

        await servers.Postgres.StartAsync();
        await servers.RabbitMq.StartAsync();
        await stack.ReadyAsync();
        await using var target = WebhookTarget.ThatTakesAll();
        var arrival = await Arrival.PrepareAsync(stack, target);
        await using var poster = arrival.Post(Seed.Next());
        await poster.AcceptMoreAsync(100, Deadline);
        await poster.FinishAsync();
        await arrival.IsCompleteAsync(poster);
    }

    private async Task RabbitMqAwayAsync(TimeSpan length)
    {
        var servers = await own.RunningAsync();
        await using var stack = await Stack.StartAsync(servers);
        await using var target = WebhookTarget.ThatTakesAll();
        var arrival = await Arrival.PrepareAsync(stack, target);
        await using var poster = arrival.Post(Seed.Next());
        await poster.AcceptMoreAsync(200, Deadline);

        await servers.RabbitMq.StopAsync();
        await LastsAsync(length);
        Assert.Equal(HttpStatusCode.OK, await stack.Ingestion[0].StatusAsync("/health/ready"));
        await servers.RabbitMq.StartAsync();

        await poster.FinishAsync();
        Assert.Empty(poster.Refusals);
        await arrival.IsCompleteAsync(poster);
    }

    private async Task PostgresAwayAsync(TimeSpan length)
    {
        var servers = await own.RunningAsync();
        await using var stack = await Stack.StartAsync(servers);
        await using var target = WebhookTarget.ThatTakesAll();
        var arrival = await Arrival.PrepareAsync(stack, target);
        await using var poster = arrival.Post(Seed.Next());
        await poster.AcceptMoreAsync(200, Deadline);

        await servers.Postgres.StopAsync();
        await LastsAsync(length);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await stack.Ingestion[0].StatusAsync("/health/ready"));
        await servers.Postgres.StartAsync();

        await poster.AcceptMoreAsync(200, Deadline);
        await poster.FinishAsync();
        Assert.Equal([503], poster.Refusals.Keys);
        await arrival.IsCompleteAsync(poster);
    }

    /// <summary>An outage is a length of time; the load goes on meanwhile.</summary>
    private static Task LastsAsync(TimeSpan length)
    {
        var since = Stopwatch.StartNew();
        return Eventually.IsTrueAsync("the outage is over", length + TimeSpan.FromSeconds(5), () => since.Elapsed >= length);
    }
}
