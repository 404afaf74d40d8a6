using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Integration.Tests.Intake;

/// <summary>A real Prometheus Alertmanager, pointed at the intake by its own configuration.</summary>
[Collection(SharedStackTests.Name)]
public sealed class AlertmanagerTests(SharedStack shared) : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Stack stack = shared.Stack;
    private readonly string folder = Directory.CreateTempSubdirectory("alertmanager").FullName;
    private readonly int port = Ports.Next();
    private readonly HttpClient http = new();
    private Process? alertmanager;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (alertmanager is not null)
        {
            alertmanager.Kill();
            await alertmanager.WaitForExitAsync();
            alertmanager.Dispose();
        }
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Its_alert_becomes_an_incident_and_when_it_is_resolved_there_the_same_incident_has_its_end()
    {
        var program = Environment.GetEnvironmentVariable("MONITORING_TEST_ALERTMANAGER");
        Assert.SkipWhen(string.IsNullOrEmpty(program), "MONITORING_TEST_ALERTMANAGER names no Alertmanager");
        var feed = await stack.Api.CreateFeedAsync($"feed-{Guid.NewGuid():N}");
        await StartAsync(program!, feed);

        var word = $"switch{Guid.NewGuid():N}"[..16];
        var began = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        await TellAsync(word, began, endsAt: null);
        var report = await Eventually.HasAsync("the alert's report", Deadline, () => ReportAsync(feed));
        var incident = await stack.Api.IncidentAsync(Contracts.Ids.Incident(report.Id), "the alert's incident", found => found.Title!.Contains(word, StringComparison.Ordinal));
        Assert.Equal(1, incident.Reports!.Single().Revision);

        await TellAsync(word, began, endsAt: TimeProvider.System.GetUtcNow().AddSeconds(-1));
        await Eventually.EqualsAsync("the revision that resolves it", Deadline, 2, async () => (await ReportAsync(feed))!.Revision);
        var told = await stack.Api.GetAsync<JsonElement>(stack.Ingestion[0], $"/v1/reports/{report.Id}");
        Assert.Equal(JsonValueKind.String, told.GetProperty("report").GetProperty("expiresAt").ValueKind);
        Assert.Equal(1, await stack.Database.ReadAsync<long>("SELECT count(*) FROM ingestion.reports WHERE feed_id = $1", feed.Id));
    }

    private sealed record Found(Guid Id, int Revision);

    private async Task<Found?> ReportAsync(TestFeed feed)
    {
        var ids = await stack.Database.ListAsync<Guid>("SELECT id FROM ingestion.reports WHERE feed_id = $1", feed.Id);
        return ids.Count == 0 ? null : new Found(ids[0], await stack.Database.ReadAsync<int>("SELECT revision FROM ingestion.reports WHERE id = $1", ids[0]));
    }

    private async Task StartAsync(string program, TestFeed feed)
    {
        var configuration = Path.Combine(folder, "alertmanager.yml");
        await File.WriteAllTextAsync(configuration, $"""
            route: {"{"} receiver: monitoring, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h {"}"}
            receivers:
              - name: monitoring
                webhook_configs:
                  - url: {new Uri(stack.Ingestion[0].Address, "/v1/reports")}
                    send_resolved: true
                    http_config: {"{"} authorization: {"{"} credentials: {feed.Key} {"}"} {"}"}
            """);
        alertmanager = Process.Start(new ProcessStartInfo(program)
        {
            ArgumentList = { $"--config.file={configuration}", $"--storage.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        alertmanager.OutputDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
        alertmanager.ErrorDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
        alertmanager.BeginOutputReadLine();
        alertmanager.BeginErrorReadLine();
        await Eventually.IsTrueAsync("Alertmanager is ready", Deadline, async () =>
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/-/ready"));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    private async Task TellAsync(string word, DateTimeOffset startsAt, DateTimeOffset? endsAt)
    {
        var alert = new
        {
            labels = new { alertname = $"Ransomware {word}", severity = "critical", instance = "hospital-1" },
            annotations = new { summary = $"Ransomware at a hospital in Estonia, {word}", description = "Its switches no longer answer." },
            startsAt,
            endsAt,
            generatorURL = "http://prometheus.example/graph",
        };
        using var answer = await http.PostAsJsonAsync($"http://127.0.0.1:{port}/api/v2/alerts", new[] { alert });
        answer.EnsureSuccessStatusCode();
    }
}
