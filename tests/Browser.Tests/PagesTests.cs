using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Monitoring.Browser.Tests;

[Collection(FloorTests.Name)]
public sealed class PagesTests(Floor floor)
{
    [Fact]
    public async Task No_page_scrolls_sideways_at_390_pixels()
    {
        var alert = await floor.AlertAsync(await floor.ReportAsync($"A title with a word that ends nowhere {new string('w', 120)}"));
        await using var desk = await Desk.OpenAsync(floor, width: 390, height: 844);
        await desk.Page.GotoAsync("/sign-in");
        await FitsAsync(desk.Page);
        await desk.SignInAsync(Floor.Administrator, Integration.Tests.Systems.Stack.AdminPassword);
        await desk.IsLiveAsync();
        await FitsAsync(desk.Page);

        foreach (var path in new[] { $"/alerts/{alert.Id}", "/failures", "/?severity=medium&alliance=NATO&state=all", "/nothing-here" })
        {
            await desk.Page.GotoAsync(path);
            await FitsAsync(desk.Page);
        }
    }

    [Fact]
    public async Task The_browser_has_nothing_to_complain_about()
    {
        var title = await floor.ReportAsync("<script>document.title='owned'</script><img src=x onerror=alert(1)>");
        var alert = await floor.AlertAsync(title);
        await using var desk = await Desk.SignedInAsync(floor, Floor.Operator);
        await Expect(desk.Row(title)).ToBeVisibleAsync();

        foreach (var path in new[] { $"/alerts/{alert.Id}", "/failures", "/?state=all", "/" })
        {
            var answer = await desk.Page.GotoAsync(path);
            await desk.Page.WaitForLoadStateAsync(LoadState.Load);
            var policy = answer!.Headers["content-security-policy"];
            Assert.Contains("default-src 'none'", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", answer.Headers["x-content-type-options"]);
        }

        Assert.Empty(desk.Complaints);
        Assert.DoesNotContain("owned", await desk.Page.TitleAsync());
    }

    [Fact]
    public async Task Times_are_shown_in_the_operator_s_own_zone()
    {
        var title = await floor.ReportAsync("What time is it there");
        var alert = await floor.AlertAsync(title);
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        var local = TimeZoneInfo.ConvertTime(alert.CreatedAt, TimeZoneInfo.FindSystemTimeZoneById("Europe/Tallinn"));

        await Expect(desk.Row(title).Locator("time")).ToContainTextAsync(local.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Without_scripts_the_list_is_there_all_the_same()
    {
        var title = await floor.ReportAsync("Readable without scripts");
        await floor.AlertAsync(title);
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        await Expect(desk.Row(title)).ToBeVisibleAsync();

        var html = await (await desk.Browser.APIRequest.GetAsync("/")).TextAsync();

        Assert.Contains(title, html);
        Assert.Contains("UTC</time>", html);
    }

    [Fact]
    public async Task An_address_that_is_none_is_told_on_a_page()
    {
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);

        Assert.Equal(404, (await desk.Page.GotoAsync("/nothing-here"))!.Status);
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Not here" })).ToBeVisibleAsync();
        Assert.Equal(404, (await desk.Page.GotoAsync($"/alerts/{Guid.NewGuid()}"))!.Status);
        Assert.Equal(400, (await desk.Page.GotoAsync("/?severity=urgent"))!.Status);
        await Expect(desk.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("severity is one of");
    }

    private static async Task FitsAsync(IPage page) =>
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390, $"{page.Url} is wider than the screen.");
}
