using MassTransit;
using Monitoring.Contracts;

namespace Monitoring.Integration.Tests.Systems;

/// <summary>A client of the stack's bus, to hand messages to services in an order that no service would choose, and to count theirs.</summary>
internal sealed class TestBus : IAsyncDisposable
{
    private readonly IBusControl bus;

    private TestBus(IBusControl bus) => this.bus = bus;

    public static async Task<TestBus> ConnectAsync(Stack stack, Action<IRabbitMqBusFactoryConfigurator>? listen = null)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(configure =>
        {
            configure.Host(stack.Bus.Uri);
            configure.ConfigureJsonSerializerOptions(options =>
            {
                options.TypeInfoResolverChain.Insert(0, ContractsJson.Default);
                return options;
            });
            listen?.Invoke(configure);
        });
        await bus.StartAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        return new(bus);
    }

    /// <summary>Publishes all at once, each as a message of its own.</summary>
    public Task PublishAsync<T>(IEnumerable<T> messages) where T : class =>
        Task.WhenAll(messages.Select(message => bus.Publish(message))).WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync() => await bus.StopAsync(TimeSpan.FromSeconds(10));
}
