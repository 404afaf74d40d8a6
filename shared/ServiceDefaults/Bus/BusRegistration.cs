using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Outbox;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.ServiceDefaults.Bus;

/// <summary>What a service listens to.</summary>
public sealed class BusListeners
{
    internal List<Action<IBusRegistrationConfigurator>> Consumers { get; } = [];
    internal List<Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator>> Endpoints { get; } = [];

    /// <summary>Shares the lasting queue <paramref name="queue"/> with the other copies of the service; a message is acknowledged when the consumer returns.</summary>
    public BusListeners Share<TConsumer>(string queue) where TConsumer : class, IConsumer =>
        Listen<TConsumer>(queue, endpoint =>
        {
            BusTopology.Lasting(endpoint);
            // What is worked on at once is written together: the longer a write takes, the more of the next is there when it ends.
            endpoint.PrefetchCount = 128;
            endpoint.ConcurrentMessageLimit = 64;
        });

    /// <summary>Hears everything, on a passing queue of this process's own.</summary>
    public BusListeners Hear<TConsumer>(string name) where TConsumer : class, IConsumer =>
        Listen<TConsumer>($"{name}-{Guid.NewGuid():N}", BusTopology.Passing);

    private BusListeners Listen<TConsumer>(string queue, Action<IRabbitMqReceiveEndpointConfigurator> configure) where TConsumer : class, IConsumer
    {
        Consumers.Add(registration => registration.AddConsumer<TConsumer>());
        Endpoints.Add((context, bus) => bus.ReceiveEndpoint(queue, endpoint =>
        {
            configure(endpoint);
            endpoint.ConfigureConsumer<TConsumer>(context);
        }));
        return this;
    }
}

internal static class BusRegistration
{
    public static void AddBus(this IHostApplicationBuilder builder, string service, Action<BusListeners>? listen)
    {
        var uri = builder.Configuration["RabbitMq:Uri"];
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address) || address.Scheme is not ("amqp" or "amqps"))
            throw new InvalidOperationException("RabbitMq:Uri is not set or no AMQP address; give one like amqp://user:password@host:5672/vhost.");

        var listeners = new BusListeners().Share<RevocationConsumer>(BusTopology.Revocations(service));
        listen?.Invoke(listeners);
        builder.Services.AddSingleton<Outbox.Outbox>();
        builder.Services.AddMassTransit(registration =>
        {
            foreach (var add in listeners.Consumers) add(registration);
            // Without the broker a service goes on with what it can: that is degraded, not dead.
            registration.ConfigureHealthCheckOptions(options => options.MinimalFailureStatus = HealthStatus.Degraded);
            registration.UsingRabbitMq((context, bus) =>
            {
                bus.Host(address);
                bus.DeployPublishTopology = true;
                BusTopology.DeclarePublished(bus);
                bus.ConfigureJsonSerializerOptions(options =>
                {
                    options.TypeInfoResolverChain.Insert(0, ContractsJson.Default);
                    return options;
                });
                foreach (var add in listeners.Endpoints) add(context, bus);
            });
        });
        // Hosted services stop in reverse order: the relay before the bus it publishes by.
        builder.Services.AddHostedService<OutboxRelay>();
    }
}
