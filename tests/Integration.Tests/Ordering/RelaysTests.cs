using System.Collections.Concurrent;
using MassTransit;
using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;
using Monitoring.Integration.Tests.Webhooks;

namespace Monitoring.Integration.Tests.Ordering;

[Collection(OwnServersTests.Name)]
public sealed class RelaysTests(OwnServers own)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Two_relays_share_what_an_outage_left_behind_and_publish_each_message_once()
    {
        var servers = await own.RunningAsync();
        await using var stack = await Stack.StartAsync(servers, copies: 2);
        await using var target = WebhookTarget.ThatTakesAll();
        var arrival = await Arrival.PrepareAsync(stack, target);
        var heard = new ConcurrentQueue<ReceivedReport>();
        // A lasting queue beside Classification's hears what is published; it is declared before the outage.
        void Listen(IRabbitMqBusFactoryConfigurator bus) => bus.ReceiveEndpoint("hearing", endpoint => endpoint.Handler<ReportsReceived>(context =>
        {
            foreach (var report in context.Message.Reports) heard.Enqueue(report);
            return Task.CompletedTask;
        }));
        await (await TestBus.ConnectAsync(stack, Listen)).DisposeAsync();

        await servers.RabbitMq.StopAsync();
        await using var poster = arrival.Post(Seed.Next());
        await poster.AcceptMoreAsync(1_000, Deadline);
        await poster.FinishAsync();
        Assert.True(await stack.Database.ReadAsync<long>("SELECT count(*) FROM ingestion.outbox") > 100);
        await servers.RabbitMq.StartAsync();

        await arrival.IsCompleteAsync(poster);
        await using var bus = await TestBus.ConnectAsync(stack, Listen);
        await Eventually.IsTrueAsync("everything was published", Deadline, () => heard.Count >= poster.Accepted.Count);
        Assert.Equal(poster.Accepted.Values.Order(), heard.Select(report => report.Id).Order());
    }
}
