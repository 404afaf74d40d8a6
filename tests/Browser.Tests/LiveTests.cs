using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Monitoring.Browser.Tests;

[Collection(FloorTests.Name)]
public sealed class LiveTests(Floor floor)
{
    private static readonly TimeSpan ASecond = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_posted_report_appears_on_the_open_page_within_a_second()
    {
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        await desk.Page.EvaluateAsync("window.wasNotReloaded = true");

        await IsQuickAsync(async () =>
        {
            var clock = Stopwatch.StartNew();
            var title = await floor.ReportAsync("Grain terminal closed");
            await Expect(desk.Row(title)).ToBeVisibleAsync(new() { Timeout = 20_000 });
            return clock.Elapsed;
        });

        Assert.True(await desk.Page.EvaluateAsync<bool>("window.wasNotReloaded === true"));
    }

    [Fact]
    public async Task Two_browsers_show_the_same_action_within_a_second()
    {
        await using var actor = await Desk.SignedInAsync(floor, Floor.Operator);
        await using var watcher = await Desk.SignedInAsync(floor, Floor.Viewer);

        await IsQuickAsync(async () =>
        {
            var title = await floor.ReportAsync("Ferry line suspended");
            var alert = await floor.AlertAsync(title);
            await watcher.WatchAsync(title);
            await Expect(watcher.Row(title)).ToContainTextAsync("firing");
            await actor.Page.GotoAsync($"/alerts/{alert.Id}");

            var clock = Stopwatch.StartNew();
            await actor.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
            await Expect(watcher.Row(title)).ToContainTextAsync("acknowledged", new() { Timeout = 20_000 });
            var elapsed = clock.Elapsed;
            await Expect(actor.Page.Locator(".badges .state")).ToHaveTextAsync("acknowledged");
            return elapsed;
        });
    }

    [Fact]
    public async Task An_open_alert_page_shows_what_another_operator_did()
    {
        var title = await floor.ReportAsync("Pipeline pressure drops");
        var alert = await floor.AlertAsync(title);
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        await desk.Page.GotoAsync($"/alerts/{alert.Id}");
        await desk.IsLiveAsync();

        await floor.Stack.Api.PostAsync(floor.Stack.Alerting[0], $"/v1/alerts/{alert.Id}/comment", new { comment = "The operator on site confirms." });

        await Expect(desk.Page.Locator(".history")).ToContainTextAsync("The operator on site confirms.");
    }

    [Fact]
    public async Task While_an_operator_reads_nothing_moves_and_a_pill_counts_what_is_new()
    {
        var first = await floor.ReportAsync("Reading matter");
        await floor.AlertAsync(first);
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        await desk.WatchAsync("Reading matter");
        await desk.Page.Keyboard.PressAsync("j");
        var before = await desk.Rows.CountAsync();
        var focused = await desk.Page.EvaluateAsync<string>("document.activeElement.textContent");

        var second = await floor.ReportAsync("Reading matter");
        var third = await floor.ReportAsync("Reading matter");

        await Expect(desk.Page.Locator("#pill")).ToHaveTextAsync("2 new");
        await Expect(desk.Rows).ToHaveCountAsync(before);
        Assert.Equal(focused, await desk.Page.EvaluateAsync<string>("document.activeElement.textContent"));

        await desk.Page.Keyboard.PressAsync("n");
        await Expect(desk.Row(second)).ToBeVisibleAsync();
        await Expect(desk.Row(third)).ToBeVisibleAsync();
        await Expect(desk.Page.Locator("#pill")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_filter_stands_in_the_address_and_the_stream_keeps_to_it()
    {
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        await desk.Page.GetByRole(AriaRole.Checkbox, new() { Name = "low" }).CheckAsync(new() { Force = true });
        await Expect(desk.Page).ToHaveURLAsync(new Regex("\\?severity=low$"));
        await desk.IsLiveAsync();

        var other = await floor.ReportAsync("Reserve rate unchanged", severity: "medium");
        await floor.AlertAsync(other);
        var wanted = await floor.ReportAsync("Reserve rate unchanged", severity: "low");

        await Expect(desk.Row(wanted)).ToBeVisibleAsync();
        await Expect(desk.Row(other)).ToHaveCountAsync(0);
        Assert.Equal(await desk.Rows.CountAsync(), await desk.Page.Locator("#alerts > [data-severity=low]").CountAsync());
    }

    [Fact]
    public async Task Tabs_of_one_browser_share_one_stream_and_hand_it_on()
    {
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        var second = await desk.NewTabAsync();
        var opened = 0;
        second.Request += (_, request) => opened += new Uri(request.Url).AbsolutePath == "/live" ? 1 : 0;
        await second.GotoAsync("/");
        await Expect(second.Locator("#connection")).ToHaveTextAsync("live");

        var shared = await floor.ReportAsync("Shared by tabs");
        await Expect(second.Locator("#alerts > .row").Filter(new() { HasText = shared }).First).ToBeVisibleAsync();
        Assert.Equal(0, opened);

        await desk.Page.CloseAsync();
        await Expect(second.Locator("#connection")).ToHaveTextAsync("live");
        var handedOn = await floor.ReportAsync("Handed on to the other tab");
        await Expect(second.Locator("#alerts > .row").Filter(new() { HasText = handedOn }).First).ToBeVisibleAsync();
        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task Counters_follow_what_happens()
    {
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        var critical = desk.Page.Locator("[data-count='severity.critical']");
        await floor.AlertAsync(await floor.ReportAsync("Counted already", severity: "medium"));
        var before = int.Parse(await critical.InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);

        // The rules that every system has may raise alerts of their own for it.
        await floor.ReportAsync("Counted when it happens", severity: "critical");

        await Expect(critical).Not.ToHaveTextAsync($"{before}");
        Assert.InRange(int.Parse(await critical.InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture), before + 1, before + 5);
    }

    /// <summary>One of three tries is within a second: a machine that is busy with other things is not the page's doing, a slow page is slow each time.</summary>
    private static async Task IsQuickAsync(Func<Task<TimeSpan>> attempt)
    {
        var taken = new List<TimeSpan>();
        while (taken.Count < 3 && !taken.Exists(time => time <= ASecond)) taken.Add(await attempt());
        Assert.True(taken.Min() <= ASecond, $"It took {string.Join(", ", taken.Select(time => $"{time.TotalMilliseconds:F0} ms"))}.");
    }
}
