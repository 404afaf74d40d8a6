namespace Monitoring.Integration.Tests.Systems;

/// <summary>A virtual host of one test's own.</summary>
internal sealed class TestVirtualHost(Uri uri, Func<Task> drop) : IAsyncDisposable
{
    public Uri Uri => uri;

    public async ValueTask DisposeAsync() => await drop();
}

/// <summary>A RabbitMQ broker, on which every stack has a virtual host of its own.</summary>
internal sealed class RabbitMqServer
{
    private readonly PrivateServer server;
    private readonly Uri administrator;
    private readonly bool shared;

    private RabbitMqServer(PrivateServer server, Uri administrator, bool shared) => (this.server, this.administrator, this.shared) = (server, administrator, shared);

    /// <summary>The one that <c>MONITORING_TEST_RABBITMQ</c> names, run in <c>MONITORING_TEST_RABBITMQ_DIR</c>, or a private one.</summary>
    public static RabbitMqServer Shared() =>
        Environment.GetEnvironmentVariable("MONITORING_TEST_RABBITMQ") is { Length: > 0 } given
        && Environment.GetEnvironmentVariable("MONITORING_TEST_RABBITMQ_DIR") is { Length: > 0 } folder
            ? new(new("deploy/rabbitmq/private", folder, new Uri(given).Port, shared: true), new(given), shared: true)
            : Private();

    public static RabbitMqServer Private()
    {
        var server = PrivateServer.Of("deploy/rabbitmq/private");
        return new(server, new($"amqp://monitoring:{PrivateServer.Password}@127.0.0.1:{server.Port}"), shared: false);
    }

    public Task StartAsync() => server.StartAsync();

    public Task StopAsync() => server.StopAsync();

    public Task KillAsync() => server.KillAsync();

    public Task RemoveAsync() => server.RemoveAsync();

    public async Task<TestVirtualHost> CreateVirtualHostAsync()
    {
        var name = $"test-{Guid.NewGuid():N}";
        await server.RunAsync("vhost", name);
        // A private broker goes as a whole.
        return new(new Uri(administrator, name), () => shared ? server.RunAsync("drop-vhost", name) : Task.CompletedTask);
    }
}
