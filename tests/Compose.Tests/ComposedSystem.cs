using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Monitoring.Compose.Tests;
using Monitoring.Integration.Tests.Systems;

[assembly: AssemblyFixture(typeof(ComposedSystem))]

namespace Monitoring.Compose.Tests;

/// <summary>
/// The whole system in containers, built from this checkout, on ports of its own. It is there only where <c>MONITORING_TEST_COMPOSE</c> gives
/// it a project name, as <c>tests/run</c> does where a Docker engine has the images.
/// </summary>
public sealed class ComposedSystem : IAsyncLifetime
{
    private static readonly string[] Services = ["ingestion", "classification", "alerting", "dashboard"];
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(2);
    private readonly string settings = Path.GetTempFileName();
    private readonly string? project = Environment.GetEnvironmentVariable("MONITORING_TEST_COMPOSE");
    private readonly Dictionary<string, int> ports = Services.ToDictionary(service => service, _ => Ports.Next());
    private readonly Docker docker;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public ComposedSystem() => docker = new(ports.ToDictionary(
        port => $"MONITORING_{port.Key.ToUpperInvariant()}_PORT", port => port.Value.ToString(CultureInfo.InvariantCulture)));

    public bool IsThere => !string.IsNullOrEmpty(project);

    public async ValueTask InitializeAsync()
    {
        if (!IsThere) return;
        await File.WriteAllTextAsync(settings, await docker.RunAsync("bash", ["deploy/env"], CommandLimit));
        await ComposeAsync(BuildLimit, "up", "--build", "-d");
        foreach (var service in Services) await IsReadyAsync(service);
        var token = await ComposeAsync(CommandLimit, "exec", "-T", "dashboard", "service", "issue-token", "--subject", "tests", "--scopes", "all", "--days", "1");
        http.DefaultRequestHeaders.Authorization = new("Bearer", token.Trim());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (IsThere) await ComposeAsync(CommandLimit, "down", "--volumes", "--remove-orphans", "--rmi", "local");
        File.Delete(settings);
    }

    /// <summary><c>docker compose …</c> on this system.</summary>
    public Task<string> ComposeAsync(params string[] arguments) => ComposeAsync(CommandLimit, arguments);

    /// <summary>What the engine knows of a service's container.</summary>
    public async Task<JsonElement> InspectAsync(string service)
    {
        var container = (await ComposeAsync("ps", "-q", service)).Trim();
        return JsonDocument.Parse(await docker.RunAsync("docker", ["inspect", container], CommandLimit)).RootElement[0];
    }

    /// <summary><c>docker compose … config</c> with other settings than this system's.</summary>
    public Task<string> CheckAsync(string settingsFile) => docker.RunAsync("docker", ["compose", "--env-file", settingsFile, "config"], CommandLimit);

    public Task IsReadyAsync(string service) => HasAsync($"{service} is ready", TimeSpan.FromMinutes(3), async () =>
    {
        using var answer = await http.GetAsync(AddressOf(service, "/health/ready"));
        return answer.IsSuccessStatusCode ? "yes" : null;
    });

    public async Task<JsonElement> GetAsync(string service, string path) => await http.GetFromJsonAsync<JsonElement>(AddressOf(service, path));

    /// <summary>Posts, with a key where one is given, and expects to be understood.</summary>
    public async Task<JsonElement> PostAsync(string service, string path, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(service, path)) { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"POST {path} answered {(int)answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The only item of a list, as soon as it is there.</summary>
    public Task<string> IdOfOnlyAsync(string service, string path) => HasAsync($"{path} has an item", TimeSpan.FromMinutes(1), async () =>
        (await GetAsync(service, path)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()).SingleOrDefault());

    private Task<string> ComposeAsync(TimeSpan limit, params string[] arguments) =>
        docker.RunAsync("docker", ["compose", "-p", project!, "--env-file", settings, .. arguments], limit);

    private Uri AddressOf(string service, string path) => new($"http://127.0.0.1:{ports[service]}{path}");

    /// <summary>Asks again and again until there is something; a service that is not up yet has nothing.</summary>
    private async Task<T> HasAsync<T>(string what, TimeSpan deadline, Func<Task<T?>> find) where T : class
    {
        var started = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (started.Elapsed < deadline)
        {
            try
            {
                if (await find() is { } found) return found;
            }
            catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
            {
                Trace.WriteLine(away.Message);
            }
            await timer.WaitForNextTickAsync();
        }
        throw new TimeoutException($"{what}: not within {deadline.TotalSeconds} s.\n{await ComposeAsync("logs", "--no-color", "--tail", "30")}");
    }
}
