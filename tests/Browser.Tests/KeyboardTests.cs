using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Monitoring.Browser.Tests;

[Collection(FloorTests.Name)]
public sealed class KeyboardTests(Floor floor)
{
    [Fact]
    public async Task From_signing_in_to_acknowledging_no_mouse_is_needed()
    {
        var older = await floor.ReportAsync("By keyboard alone");
        await floor.AlertAsync(older);
        var newer = await floor.ReportAsync("By keyboard alone");
        await floor.AlertAsync(newer);
        await using var desk = await Desk.OpenAsync(floor);
        var (page, keys) = (desk.Page, desk.Page.Keyboard);

        await page.GotoAsync("/sign-in");
        // The page puts the cursor there by itself, but only once it is drawn.
        await Expect(page.GetByLabel("Name")).ToBeFocusedAsync();
        await keys.TypeAsync(Floor.Operator);
        await keys.PressAsync("Tab");
        await Expect(page.GetByLabel("Password")).ToBeFocusedAsync();
        await keys.TypeAsync(Floor.Password);
        await keys.PressAsync("Enter");
        await desk.IsLiveAsync();

        await keys.PressAsync("/");
        await Expect(page.Locator("input[name=q]")).ToBeFocusedAsync();
        await keys.TypeAsync("By keyboard alone");
        await keys.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("q=By"));
        await desk.IsLiveAsync();
        await Expect(desk.Row(older)).ToBeVisibleAsync();

        await keys.PressAsync("j");
        await Expect(desk.Row(newer).Locator("a")).ToBeFocusedAsync();
        await keys.PressAsync("j");
        await Expect(desk.Row(older).Locator("a")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowUp");
        await Expect(desk.Row(newer).Locator("a")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(newer);

        await TabToAsync(page, "Acknowledge");
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".badges .state")).ToHaveTextAsync("acknowledged");

        await keys.PressAsync("u");
        await Expect(page).ToHaveURLAsync(new Regex("/$"));
    }

    [Fact]
    public async Task A_question_mark_shows_the_keys_and_escape_takes_them_away()
    {
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);

        await desk.Page.Keyboard.PressAsync("?");
        await Expect(desk.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await desk.Page.Keyboard.PressAsync("Escape");

        await Expect(desk.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_first_tab_stop_skips_to_the_content()
    {
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);

        await desk.Page.Keyboard.PressAsync("Tab");
        await Expect(desk.Page.GetByText("Skip to content")).ToBeFocusedAsync();
        await desk.Page.Keyboard.PressAsync("Enter");

        await Expect(desk.Page.Locator("#main")).ToBeFocusedAsync();
    }

    private static async Task TabToAsync(IPage page, string button)
    {
        for (var stop = 0; stop < 60; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("text => document.activeElement.tagName === 'BUTTON' && document.activeElement.textContent === text", button)) return;
        }
        Assert.Fail($"Tab never came to '{button}'.");
    }
}
