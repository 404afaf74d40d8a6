namespace Monitoring.Integration.Tests.Systems;

/// <summary>Servers for the tests that take servers away. They share them one after the other, since a broker takes its time to start.</summary>
public sealed class OwnServers : IAsyncLifetime
{
    private Servers? servers;

    public async ValueTask InitializeAsync() => servers = await Servers.StartOwnAsync();

    public async ValueTask DisposeAsync()
    {
        if (servers is not null) await servers.DisposeAsync();
    }

    /// <summary>Both of them running, however the test before left them.</summary>
    internal async Task<Servers> RunningAsync()
    {
        await Task.WhenAll(servers!.Postgres.StartAsync(), servers.RabbitMq.StartAsync());
        return servers;
    }
}

/// <summary>The tests that take servers away, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OwnServersTests : ICollectionFixture<OwnServers>
{
    public const string Name = "own servers";
}
