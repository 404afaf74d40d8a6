using static Microsoft.Playwright.Assertions;

namespace Monitoring.Browser.Tests;

[Collection(FloorTests.Name)]
public sealed class RestartTests(Floor floor)
{
    private const float Patience = 60_000;

    [Fact]
    public async Task After_the_dashboard_is_killed_and_started_again_the_page_catches_up_by_itself()
    {
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        var before = await floor.ReportAsync("Seen before the kill");
        await Expect(desk.Row(before)).ToBeVisibleAsync(new() { Timeout = Patience });
        await desk.Page.EvaluateAsync("window.wasNotReloaded = true");

        await floor.Dashboard.KillAsync();
        await Expect(desk.Page.Locator("#connection")).ToHaveTextAsync("reconnecting…");
        await Expect(desk.Page.Locator("#stale")).ToBeVisibleAsync(new() { Timeout = Patience });
        var meanwhile = await floor.ReportAsync("Happened while it was down");
        var alert = await floor.AlertAsync(before);
        await floor.Stack.Api.PostAsync(floor.Stack.Alerting[0], $"/v1/alerts/{alert.Id}/acknowledge", new { });
        floor.Dashboard.Start();

        await Expect(desk.Row(meanwhile)).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(desk.Row(before)).ToContainTextAsync("acknowledged", new() { Timeout = Patience });
        await desk.IsLiveAsync();
        await Expect(desk.Page.Locator("#stale")).ToBeHiddenAsync(new() { Timeout = Patience });
        Assert.True(await desk.Page.EvaluateAsync<bool>("window.wasNotReloaded === true"));

        var after = await floor.ReportAsync("Seen after the start");
        await Expect(desk.Row(after)).ToBeVisibleAsync(new() { Timeout = Patience });
    }

    [Fact]
    public async Task When_a_service_is_away_its_part_says_so_and_the_rest_is_shown()
    {
        var title = await floor.ReportAsync("Half of it is known");
        var alert = await floor.AlertAsync(title);
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        var classification = floor.Stack.Classification[0];
        await classification.KillAsync();
        try
        {
            await desk.Page.GotoAsync($"/alerts/{alert.Id}");

            await Expect(desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
            await Expect(desk.Page.GetByText("Classification is away")).ToBeVisibleAsync();
            await Expect(desk.Page.Locator(".history")).ToContainTextAsync("raised");

            await desk.Page.GotoAsync("/failures");
            await Expect(desk.Page.GetByText("Classification is away")).ToBeVisibleAsync();
            await Expect(desk.Page.GetByText("Nothing failed.")).ToHaveCountAsync(1);
        }
        finally
        {
            classification.Start();
            await classification.ReadyAsync();
        }
    }

    [Fact]
    public async Task When_alerting_is_away_the_list_stays_and_says_that_it_may_be_old()
    {
        var title = await floor.ReportAsync("Known before the outage");
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        await Expect(desk.Row(title)).ToBeVisibleAsync(new() { Timeout = Patience });
        var alerting = floor.Stack.Alerting[0];
        await alerting.KillAsync();
        try
        {
            await Expect(desk.Page.Locator("#stale")).ToBeVisibleAsync(new() { Timeout = Patience });
            await Expect(desk.Row(title)).ToBeVisibleAsync();
        }
        finally
        {
            alerting.Start();
            await alerting.ReadyAsync();
        }
        await Expect(desk.Page.Locator("#stale")).ToBeHiddenAsync(new() { Timeout = Patience });
    }
}
