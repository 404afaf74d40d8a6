using Microsoft.Playwright;
using Monitoring.Contracts;
using static Microsoft.Playwright.Assertions;

namespace Monitoring.Browser.Tests;

[Collection(FloorTests.Name)]
public sealed class ActionsTests(Floor floor)
{
    [Fact]
    public async Task An_operator_sees_an_alert_through_to_its_end()
    {
        var alert = await floor.AlertAsync(await floor.ReportAsync("Seen through to its end"));
        await using var desk = await Desk.SignedInAsync(floor, Floor.Operator);
        var page = desk.Page;
        await page.GotoAsync($"/alerts/{alert.Id}");
        var state = page.Locator(".badges .state");
        await Expect(state).ToHaveTextAsync("firing");

        await page.GetByLabel("Comment", new() { Exact = true }).FillAsync("Calling the ministry.");
        await Press(page, "Acknowledge");
        await Expect(state).ToHaveTextAsync("acknowledged");
        await Expect(page.Locator(".history")).ToContainTextAsync("Calling the ministry.");

        await Press(page, "Assign to me");
        await Expect(page.Locator(".facts").Last).ToContainTextAsync(Floor.Operator);
        await page.GetByLabel("Assign to").SelectOptionAsync(Floor.SecondOperator);
        await Press(page, "Assign");
        await Expect(page.Locator(".facts").Last).ToContainTextAsync(Floor.SecondOperator);

        await page.GetByLabel("Comment", new() { Exact = true }).FillAsync("They confirm.");
        await Press(page, "Comment only");
        await Expect(page.Locator(".history")).ToContainTextAsync("They confirm.");

        await Press(page, "Resolve");
        await Expect(state).ToHaveTextAsync("resolved");
        await Press(page, "Reopen");
        await Expect(state).ToHaveTextAsync("firing");

        var history = (await floor.Stack.Api.AlertAsync(alert.Id)).History!.Where(entry => entry.By == Floor.Operator).Select(entry => entry.Kind);
        Assert.Equal(["acknowledged", "assigned", "assigned", "commented", "resolved", "reopened"], history);
    }

    [Fact]
    public async Task An_alert_that_changed_meanwhile_is_not_overwritten_and_the_comment_is_not_lost()
    {
        var alert = await floor.AlertAsync(await floor.ReportAsync("Changed by somebody else"));
        await using var desk = await Desk.SignedInAsync(floor, Floor.Operator);
        await desk.Page.GotoAsync($"/alerts/{alert.Id}");
        await desk.IsLiveAsync();
        await desk.Page.GetByLabel("Comment", new() { Exact = true }).FillAsync("In the middle of writing");

        await floor.Stack.Api.PostAsync(floor.Stack.Alerting[0], $"/v1/alerts/{alert.Id}/resolve", new { });
        await Expect(desk.Page.GetByText("This alert has changed meanwhile.")).ToBeVisibleAsync();
        await Press(desk.Page, "Acknowledge");

        await Expect(desk.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not done");
        await Expect(desk.Page.Locator(".badges .state")).ToHaveTextAsync("resolved");
        await Expect(desk.Page.GetByLabel("Comment", new() { Exact = true })).ToHaveValueAsync("In the middle of writing");
        Assert.Equal(AlertState.Resolved, (await floor.Stack.Api.AlertAsync(alert.Id)).State);
    }

    [Fact]
    public async Task A_viewer_sees_no_actions_and_cannot_act()
    {
        var alert = await floor.AlertAsync(await floor.ReportAsync("Only to be looked at"));
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        await desk.Page.GotoAsync($"/alerts/{alert.Id}");
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Facts" })).ToBeVisibleAsync();
        await Expect(desk.Page.Locator("main form")).ToHaveCountAsync(0);

        var token = await desk.Page.Locator(".session [name=__RequestVerificationToken]").InputValueAsync();
        var answer = await desk.Browser.APIRequest.PostAsync($"/alerts/{alert.Id}", new()
        {
            Form = desk.Browser.APIRequest.CreateFormData().Set("action", "acknowledge").Set("__RequestVerificationToken", token),
        });

        Assert.Equal(403, answer.Status);
        Assert.Equal(AlertState.Firing, (await floor.Stack.Api.AlertAsync(alert.Id)).State);
    }

    [Fact]
    public async Task Without_the_form_s_token_nothing_is_done()
    {
        var alert = await floor.AlertAsync(await floor.ReportAsync("Forged by another site"));
        await using var desk = await Desk.SignedInAsync(floor, Floor.Operator);

        var answer = await desk.Browser.APIRequest.PostAsync($"/alerts/{alert.Id}", new() { Form = desk.Browser.APIRequest.CreateFormData().Set("action", "acknowledge") });

        Assert.Equal(400, answer.Status);
        Assert.Equal(AlertState.Firing, (await floor.Stack.Api.AlertAsync(alert.Id)).State);
    }

    [Fact]
    public async Task The_page_tells_why_with_the_words_that_decided()
    {
        var alert = await floor.AlertAsync(await floor.ReportAsync("Ransomware encrypts hospital servers", domain: "cyber"));
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        await desk.Page.GotoAsync($"/alerts/{alert.Id}");

        await Expect(desk.Page.Locator(".report h3")).ToHaveTextAsync(alert.Title);
        await Expect(desk.Page.Locator(".report mark.for-cyber").First).ToBeVisibleAsync();
        await Expect(desk.Page.Locator("h3 + .evidence")).ToContainTextAsync("cyber");
        await Expect(desk.Page.Locator("details .evidence")).Not.ToContainTextAsync("cyber");
        await Expect(desk.Page.Locator("#incident-title ~ .facts")).ToContainTextAsync("possibly true, by 1 report");
        await Expect(desk.Page.Locator(".report .meta")).ToContainTextAsync("field-desk");
    }

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
