using System.Net.Http.Json;
using Microsoft.Playwright;
using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Browser.Tests;

/// <summary>A whole running system with a browser before it, and three people who may sign in.</summary>
public sealed class Floor(Servers servers) : IAsyncLifetime
{
    internal const string Password = "a-Password-for-the-desk";
    internal const string Administrator = "admin";
    internal const string Operator = "olena";
    internal const string SecondOperator = "otto";
    internal const string Viewer = "vera";
    internal const string Rule = "Desk";

    /// <summary>What every report of the tests has in its text, and one rule looks for.</summary>
    private const string Marker = "deskmarker";

    private IPlaywright playwright = null!;
    private TestFeed feed = null!;
    private int reports;

    internal Stack Stack { get; private set; } = null!;

    internal IBrowser Browser { get; private set; } = null!;

    internal ServiceCopy Dashboard => Stack.Dashboard[0];

    public async ValueTask InitializeAsync()
    {
        var starting = Stack.StartAsync(servers);
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MONITORING_TEST_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        Stack = await starting;
        feed = await Stack.Api.CreateFeedAsync("field-desk");
        await Stack.Api.CreateRuleAsync(Rule, Marker);
        foreach (var (user, role) in new[] { (Operator, "operator"), (SecondOperator, "operator"), (Viewer, "viewer") })
            await Stack.Api.PostAsync(Dashboard, "/v1/users", new { user, password = Password, role });
        // The first of everything compiles the code on its way.
        await AlertAsync(await ReportAsync("Warming up"));
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        playwright?.Dispose();
        if (Stack is not null) await Stack.DisposeAsync();
    }

    /// <summary>Posts a report of an event of its own, as the number in its title says, and gives back the title.</summary>
    internal async Task<string> ReportAsync(string title, string domain = "economic", string severity = "medium", string country = "EE")
    {
        var number = $"desk{Interlocked.Increment(ref reports):D4}";
        var unique = $"{title} {number}";
        await Stack.Api.AcceptAsync(feed, new
        {
            externalId = number,
            title = unique,
            text = $"The inflation forecast was raised, said the ministry. {Marker}",
            url = $"https://example.org/{number}",
            hints = new { domains = new[] { domain }, severity, countries = new[] { country } },
        });
        return unique;
    }

    /// <summary>Posts a report without the tests' mark, for the rules that every system has.</summary>
    internal Task ReportPlainlyAsync(object report) => Stack.Api.AcceptAsync(feed, report);

    /// <summary>The alert that the report with this title raised.</summary>
    internal Task<Alert> AlertAsync(string title) => Eventually.HasAsync($"an alert '{title}'", TimeSpan.FromSeconds(60), async () =>
    {
        using var answer = await Stack.Api.SendAsync(HttpMethod.Get, Stack.Alerting[0], $"/v1/alerts?q={Uri.EscapeDataString(title)}");
        return (await answer.Content.ReadFromJsonAsync<Page<Alert>>(ContractsJson.Default.Options))!.Items.FirstOrDefault();
    });
}

/// <summary>The tests that share the floor, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class FloorTests : ICollectionFixture<Floor>
{
    public const string Name = "floor";
}
