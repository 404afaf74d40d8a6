namespace Monitoring.Compose.Tests;

public sealed class ContainersTests(ComposedSystem system)
{
    private const string NoEngine = "no Docker engine with the images is there";

    [Fact]
    public async Task A_report_becomes_an_incident_and_an_alert()
    {
        Assert.SkipUnless(system.IsThere, NoEngine);
        var key = await CreateFeedAsync("travels");
        var report = await PostAsync(key, "travels-1");

        var incident = await system.IdOfOnlyAsync("classification", $"/v1/incidents?reportId={report}");
        var alert = await system.IdOfOnlyAsync("alerting", $"/v1/alerts?incidentId={incident}&limit=1");

        var shown = await system.GetAsync("alerting", $"/v1/alerts/{alert}");
        Assert.Equal("firing", shown.GetProperty("state").GetString());
        Assert.Contains("EE", shown.GetProperty("countries").EnumerateArray().Select(country => country.GetString()));
    }

    [Theory]
    [InlineData("classification")]
    [InlineData("alerting")]
    [InlineData("rabbitmq")]
    public async Task What_was_accepted_while_a_container_was_killed_arrives_when_it_is_back(string killed)
    {
        Assert.SkipUnless(system.IsThere, NoEngine);
        var key = await CreateFeedAsync($"survives-{killed}");

        await system.ComposeAsync("kill", "-s", "KILL", killed);
        var report = await PostAsync(key, $"survives-{killed}-1");
        await system.ComposeAsync("start", killed);

        var incident = await system.IdOfOnlyAsync("classification", $"/v1/incidents?reportId={report}");
        await system.IdOfOnlyAsync("alerting", $"/v1/alerts?incidentId={incident}&limit=1");
    }

    [Theory]
    [InlineData("ingestion")]
    [InlineData("classification")]
    [InlineData("alerting")]
    [InlineData("dashboard")]
    public async Task A_service_runs_without_privileges_and_within_bounds(string service)
    {
        Assert.SkipUnless(system.IsThere, NoEngine);
        var container = await system.InspectAsync(service);
        var host = container.GetProperty("HostConfig");

        Assert.Equal("app", container.GetProperty("Config").GetProperty("User").GetString());
        Assert.True(host.GetProperty("ReadonlyRootfs").GetBoolean());
        Assert.Equal("ALL", Assert.Single(host.GetProperty("CapDrop").EnumerateArray()).GetString());
        Assert.True(host.GetProperty("Memory").GetInt64() is > 0 and <= 1L << 30);
        Assert.All(
            host.GetProperty("PortBindings").EnumerateObject().SelectMany(port => port.Value.EnumerateArray()),
            binding => Assert.Equal("127.0.0.1", binding.GetProperty("HostIp").GetString()));
        Assert.Equal("healthy", container.GetProperty("State").GetProperty("Health").GetProperty("Status").GetString());
    }

    [Fact]
    public async Task The_example_settings_are_complete()
    {
        Assert.SkipUnless(system.IsThere, NoEngine);
        Assert.Contains("deploy/Dockerfile", await system.CheckAsync(".env.example"), StringComparison.Ordinal);
    }

    private async Task<string> CreateFeedAsync(string name) =>
        (await system.PostAsync("ingestion", "/v1/feeds", new { name, reliability = "A" })).GetProperty("key").GetString()!;

    /// <summary>Posts a report that the default rules alert on; gives back its id.</summary>
    private async Task<string> PostAsync(string key, string externalId)
    {
        var report = new
        {
            externalId,
            title = "Ransomware halts the port of Tallinn",
            text = "Ransomware encrypted the terminal systems; Estonian authorities declared a state of emergency after casualties.",
            hints = new { severity = "critical", domains = new[] { "cyber" }, countries = new[] { "EE" } },
        };
        var answer = await system.PostAsync("ingestion", "/v1/reports", report, key);
        return Assert.Single(answer.GetProperty("accepted").EnumerateArray()).GetProperty("id").GetString()!;
    }
}
