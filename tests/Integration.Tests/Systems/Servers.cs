// Each test uses the whole machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Monitoring.Integration.Tests.Systems.Servers))]

namespace Monitoring.Integration.Tests.Systems;

/// <summary>
/// The servers that tests share: those that <c>MONITORING_TEST_POSTGRES</c> (an administrator's Npgsql connection string) and
/// <c>MONITORING_TEST_RABBITMQ</c> (an administrator's AMQP URI) name, and private ones of this run where they are not set.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    private readonly bool own;

    /// <summary>The shared ones.</summary>
    public Servers() : this(own: false)
    {
    }

    private Servers(bool own) => this.own = own;

    internal PostgresServer Postgres { get; private set; } = null!;
    internal RabbitMqServer RabbitMq { get; private set; } = null!;

    /// <summary>Servers of one test's own, which it may kill.</summary>
    internal static async Task<Servers> StartOwnAsync()
    {
        var servers = new Servers(own: true);
        await servers.InitializeAsync();
        return servers;
    }

    public async ValueTask InitializeAsync()
    {
        Postgres = own ? PostgresServer.Private() : PostgresServer.Shared();
        RabbitMq = own ? RabbitMqServer.Private() : RabbitMqServer.Shared();
        await Task.WhenAll(Postgres.StartAsync(), RabbitMq.StartAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await RabbitMq.RemoveAsync();
        await Postgres.RemoveAsync();
    }
}
