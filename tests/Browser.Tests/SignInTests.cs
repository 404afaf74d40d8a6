using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Monitoring.Browser.Tests;

[Collection(FloorTests.Name)]
public sealed class SignInTests(Floor floor)
{
    [Fact]
    public async Task Who_is_not_signed_in_is_asked_to_and_led_back()
    {
        await using var desk = await Desk.OpenAsync(floor);
        await desk.Page.GotoAsync("/failures");
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/sign-in\\?return=%2Ffailures$"));

        await desk.SignInAsync(Floor.Viewer, Floor.Password);

        await Expect(desk.Page).ToHaveURLAsync(new Regex("/failures$"));
        await Expect(desk.Page.GetByText(Floor.Viewer)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_are_refused_in_the_same_words()
    {
        await using var desk = await Desk.OpenAsync(floor);
        await desk.Page.GotoAsync("/sign-in");

        await desk.SignInAsync(Floor.Viewer, "not-the-password");
        var wrong = await desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert).InnerTextAsync();
        await desk.SignInAsync("nobody-of-that-name", "not-the-password");
        var unknown = await desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert).InnerTextAsync();

        Assert.Contains("not right", wrong);
        Assert.Equal(wrong, unknown);
        await desk.Page.GotoAsync("/");
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/sign-in"));
    }

    [Fact]
    public async Task After_signing_out_nothing_is_shown_any_more()
    {
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);

        await desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/sign-in$"));

        await desk.Page.GotoAsync("/");
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/sign-in"));
        Assert.Equal(401, (await desk.Browser.APIRequest.GetAsync("/live")).Status);
    }

    [Fact]
    public async Task After_five_wrong_passwords_even_the_right_one_is_refused()
    {
        await floor.Stack.Api.PostAsync(floor.Dashboard, "/v1/users", new { user = "forgetful", password = Floor.Password, role = "viewer" });
        await using var desk = await Desk.OpenAsync(floor);
        await desk.Page.GotoAsync("/sign-in");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await desk.SignInAsync("forgetful", $"wrong-password-{attempt}");
            await Expect(desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToBeVisibleAsync();
        }

        await desk.SignInAsync("forgetful", Floor.Password);

        await Expect(desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("not right");
    }
}
