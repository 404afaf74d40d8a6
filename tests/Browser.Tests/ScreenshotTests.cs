using static Microsoft.Playwright.Assertions;

namespace Monitoring.Browser.Tests;

[Collection(FloorTests.Name)]
public sealed class ScreenshotTests(Floor floor)
{
    private static readonly (string Title, string Text, string Domain, string Severity, string Country)[] Events =
    [
        ("Ransomware halts scheduling at a port operator in Klaipėda", "Container handling stopped after ransomware encrypted the terminal's scheduling servers. Backups are intact.", "cyber", "high", "LT"),
        ("Flood gates fail on the lower Danube, two towns evacuated", "Flooding after three days of rain forced the evacuation of two towns; the river is expected to crest tonight.", "climate", "high", "RO"),
        ("Grain export licences suspended for ninety days", "The ministry suspended grain export licences, citing reserves; futures rose sharply on the news.", "economic", "medium", "IN"),
        ("Naval vessels hold live-fire exercise near the strait", "Naval vessels began an unannounced live-fire exercise; shipping was told to keep clear of the area.", "military", "high", "TR"),
        ("Phishing wave imitates the customs service", "A phishing campaign imitates the customs service and asks for credentials; several accounts were compromised.", "cyber", "medium", "EE"),
        ("Central bank raises its rate by 250 points after currency slide", "The central bank raised its key rate after the currency lost a tenth of its value against the dollar within a week.", "economic", "medium", "MD"),
        ("Drone strike hits fuel depot outside Odesa", "A drone strike set a fuel depot on fire; air defence was active through the night and casualties are reported.", "military", "critical", "UA"),
        ("Heatwave curbs output of river-cooled reactors", "A heatwave forces operators to curb the output of reactors cooled by river water; reserves are sufficient.", "climate", "low", "FR"),
        ("Denial-of-service attack on railway booking, third day", "A distributed denial-of-service attack keeps the national railway's booking system out of reach for a third day.", "cyber", "high", "CZ"),
        ("Bank run reported at two regional lenders", "Depositors queued at two regional lenders after a ratings downgrade; the regulator announced liquidity support.", "economic", "high", "NG"),
        ("Wildfire closes the motorway between Porto and Braga", "A wildfire driven by strong wind closed the motorway; four villages were evacuated.", "climate", "medium", "PT"),
        ("Undersea cable to Svalbard shows signal loss", "One of two undersea cables shows signal loss; sabotage is not excluded and traffic was moved to the second.", "cyber", "high", "NO"),
    ];

    /// <summary>Takes the picture of the README where <c>MONITORING_TEST_SCREENSHOT</c> names the file.</summary>
    [Fact]
    public async Task The_watch_page_is_worth_a_picture()
    {
        var file = Environment.GetEnvironmentVariable("MONITORING_TEST_SCREENSHOT");
        Assert.SkipWhen(string.IsNullOrEmpty(file), "MONITORING_TEST_SCREENSHOT names no file.");
        await floor.Stack.Api.PostAsync(floor.Stack.Alerting[0], "/v1/rules", new
        {
            name = "Economy and climate, all",
            enabled = true,
            domains = new[] { "economic", "climate" },
            minimumSeverity = "low",
            minimumConfidence = 0.0,
            countries = Array.Empty<string>(),
            alliances = Array.Empty<string>(),
            text = (string?)null,
            channels = Array.Empty<Guid>(),
        });
        foreach (var (title, text, domain, severity, country) in Events)
        {
            await floor.ReportPlainlyAsync(new { externalId = title, title, text, hints = new { domains = new[] { domain }, severity, countries = new[] { country } } });
            if (severity is "high" or "critical") await floor.AlertAsync(title);
        }
        var taken = await floor.AlertAsync(Events[0].Title);
        await floor.Stack.Api.PostAsync(floor.Stack.Alerting[0], $"/v1/alerts/{taken.Id}/assign", new { assignee = Floor.Operator });
        await floor.Stack.Api.PostAsync(floor.Stack.Alerting[0], $"/v1/alerts/{taken.Id}/acknowledge", new { });

        await using var desk = await Desk.SignedInAsync(floor, Floor.Operator, width: 1_280, height: 860);
        await Expect(desk.Row(Events[^1].Title).First).ToBeVisibleAsync();
        await Expect(desk.Row(taken.Title).First).ToBeVisibleAsync();

        await desk.Page.ScreenshotAsync(new() { Path = file, Animations = Microsoft.Playwright.ScreenshotAnimations.Disabled });

        Assert.True(new FileInfo(file!).Length > 20_000);
    }
}
