using System.Security.Cryptography;

namespace Monitoring.Integration.Tests.Systems;

/// <summary>
/// One whole system of its own: a database, a virtual host, and so many copies of the services as real processes.
/// </summary>
internal sealed class Stack : IAsyncDisposable
{
    public const string AdminPassword = "a-Password-for-1-test";
    private readonly string signingKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly List<ServiceCopy> copies = [];

    private Stack(TestDatabase database, TestVirtualHost bus) => (Database, Bus) = (database, bus);

    public TestDatabase Database { get; }
    public TestVirtualHost Bus { get; }
    public IReadOnlyList<ServiceCopy> Copies => copies;
    public IReadOnlyList<ServiceCopy> Ingestion => Of("Ingestion");
    public IReadOnlyList<ServiceCopy> Classification => Of("Classification");
    public IReadOnlyList<ServiceCopy> Alerting => Of("Alerting");
    public IReadOnlyList<ServiceCopy> Dashboard => Of("Dashboard");
    public Api Api { get; private set; } = null!;

    /// <summary>Starts the named services, or all four, and waits until they are ready.</summary>
    public static Task<Stack> StartAsync(Servers servers, int copies = 1, params string[] services) => StartAsync(servers, copies, new Dictionary<string, string>(), services);

    /// <inheritdoc cref="StartAsync(Servers, int, string[])"/>
    public static async Task<Stack> StartAsync(Servers servers, int copies, IReadOnlyDictionary<string, string> settings, params string[] services)
    {
        var stack = new Stack(await servers.Postgres.CreateDatabaseAsync(), await servers.RabbitMq.CreateVirtualHostAsync());
        try
        {
            stack.Compose(copies, settings, services.Length > 0 ? services : ["Ingestion", "Classification", "Alerting", "Dashboard"]);
            foreach (var copy in stack.copies) copy.Start();
            await stack.ReadyAsync();
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    public IReadOnlyList<ServiceCopy> Of(string service) => [.. copies.Where(copy => copy.Service == service)];

    /// <summary>Waits until every copy that runs is ready.</summary>
    public Task ReadyAsync() => Task.WhenAll(copies.Where(copy => copy.Runs).Select(copy => copy.ReadyAsync()));

    public async ValueTask DisposeAsync()
    {
        WriteLogs();
        foreach (var copy in copies) await copy.DisposeAsync();
        Api?.Dispose();
        await Database.DisposeAsync();
        await Bus.DisposeAsync();
    }

    private void Compose(int count, IReadOnlyDictionary<string, string> own, string[] services)
    {
        var settings = new Dictionary<string, string>
        {
            ["RabbitMq__Uri"] = Bus.Uri.ToString(),
            ["Tokens__SigningKey"] = signingKey,
            ["Protection__Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Webhooks__AllowedPrivateNetworks__0"] = "127.0.0.0/8",
            ["Polling__AllowedPrivateNetworks__0"] = "127.0.0.0/8",
            ["Polling__MinimumEvery"] = "00:00:01",
            ["Polling__Timeout"] = "00:00:04",
            ["Polling__MaxBytes"] = "1048576",
            ["Admin__Password"] = AdminPassword,
            ["Freshness__Interval"] = "00:00:01",
        };
        foreach (var (name, value) in own) settings[name] = value;
        foreach (var service in services)
            for (var i = 0; i < count; i++)
                copies.Add(new ServiceCopy(service, settings, Database.ConnectionStringOf(service.ToLowerInvariant())));
        // Who is not there is not asked either; an address there must be.
        foreach (var service in new[] { "Ingestion", "Classification", "Alerting" }) settings[$"Services__{service}"] = AddressOf(service);
        settings["Dashboard__PublicUrl"] = AddressOf("Dashboard");
        Api = new Api(this, signingKey);
    }

    private string AddressOf(string service) => Of(service) is [var first, ..] ? first.Address.ToString() : "http://127.0.0.1:9";

    /// <summary>The runner shows a test's output only where it failed; whether it did is not known yet.</summary>
    private void WriteLogs()
    {
        foreach (var copy in copies) TestContext.Current.TestOutputHelper?.WriteLine($"--- {copy.Service} {copy.Address}\n{copy.Log}");
    }
}
