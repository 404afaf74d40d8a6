using MassTransit;
using Monitoring.Contracts;

namespace Monitoring.ServiceDefaults.Bus;

/// <summary>
/// Which message goes to which queue, and the queues' arguments: in one place, since services that disagree about an argument retry their
/// start for ever.
/// </summary>
public static class BusTopology
{
    /// <summary>The queue that Classification reads <see cref="ReportsReceived"/> from.</summary>
    public const string Classification = "classification";

    /// <summary>The queue that Alerting reads <see cref="IncidentsChanged"/> from.</summary>
    public const string Alerting = "alerting";

    private static readonly string[] Services = ["ingestion", "classification", "alerting", "dashboard"];

    private static readonly Dictionary<string, Type> MessageTypes =
        new[] { typeof(ReportsReceived), typeof(IncidentsChanged), typeof(AlertsChanged), typeof(FeedHealthChanged), typeof(TokenRevoked) }.ToDictionary(type => type.Name);

    internal static string Revocations(string service) => $"{service}-revocations";

    internal static Type MessageType(string name) => MessageTypes[name];

    /// <summary>A message that must not be lost is returned by the broker, rather than dropped, when no queue takes it.</summary>
    internal static IPipe<PublishContext> PublishingOf(object message) => message is AlertsChanged or FeedHealthChanged ? Pipe.Empty<PublishContext>() : Mandatory;

    private static readonly IPipe<PublishContext> Mandatory = Pipe.Execute<PublishContext>(context =>
    {
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit)) rabbit.Mandatory = true;
    });

    /// <summary>Publishers declare the consumers' queues too, so that nothing is lost before a consumer first starts.</summary>
    internal static void DeclarePublished(IRabbitMqBusFactoryConfigurator bus)
    {
        bus.Publish<ReportsReceived>(topology => topology.BindQueue(topology.Exchange.ExchangeName, Classification, Lasting));
        bus.Publish<IncidentsChanged>(topology => topology.BindQueue(topology.Exchange.ExchangeName, Alerting, Lasting));
        bus.Publish<TokenRevoked>(topology =>
        {
            foreach (var service in Services) topology.BindQueue(topology.Exchange.ExchangeName, Revocations(service), Lasting);
        });
    }

    /// <summary>
    /// A quorum queue. From RabbitMQ 4 on, a message would be dropped after 20 redeliveries, as many as a minute's outage of Postgres brings.
    /// </summary>
    internal static void Lasting(IRabbitMqQueueConfigurator queue)
    {
        queue.SetQuorumQueue();
        queue.SetQueueArgument("x-delivery-limit", 1_000_000);
    }

    /// <summary>A queue of one process's own: gone with it, and bounded, since its messages are hints.</summary>
    internal static void Passing(IRabbitMqReceiveEndpointConfigurator queue)
    {
        // Takes the queue's exchange away with it, which would stay behind otherwise.
        queue.AutoDelete = true;
        queue.QueueExpiration = TimeSpan.FromMinutes(1);
        queue.SetQueueArgument("x-max-length", 10_000);
        queue.SetQueueArgument("x-overflow", "drop-head");
    }
}
