using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Monitoring.Browser.Tests;

/// <summary>Somebody at a browser of their own, which remembers nothing of others and reports what displeased it.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();

    private Desk(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    public IBrowserContext Browser => context;

    /// <summary>Errors on the console, of scripts, and of the content security policy.</summary>
    public IEnumerable<string> Complaints => complaints;

    public ILocator Rows => Page.Locator("#alerts > .row");

    /// <summary>The alert of the floor's own rule; the rules that every system has may raise more for the same report.</summary>
    public ILocator Row(string title) => Rows.Filter(new() { HasText = title }).Filter(new() { Has = Page.Locator(".rule", new() { HasTextString = Floor.Rule }) });

    public static async Task<Desk> OpenAsync(Floor floor, int width = 1_280, int height = 800)
    {
        var context = await floor.Browser.NewContextAsync(new()
        {
            BaseURL = floor.Dashboard.Address.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            Locale = "en-GB",
            TimezoneId = "Europe/Tallinn",
        });
        context.SetDefaultTimeout(20_000);
        var desk = new Desk(context, await context.NewPageAsync());
        desk.Listen(desk.Page);
        return desk;
    }

    /// <summary>Opens a browser and signs in; the page is the watch page.</summary>
    public static async Task<Desk> SignedInAsync(Floor floor, string user, int width = 1_280, int height = 800)
    {
        var desk = await OpenAsync(floor, width, height);
        await desk.Page.GotoAsync("/sign-in");
        await desk.SignInAsync(user, user == Floor.Administrator ? Integration.Tests.Systems.Stack.AdminPassword : Floor.Password);
        await desk.IsLiveAsync();
        return desk;
    }

    public async Task SignInAsync(string user, string password)
    {
        await Page.GetByLabel("Name").FillAsync(user);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Looks at the alerts that have these words in their title.</summary>
    public async Task WatchAsync(string words)
    {
        await Page.GotoAsync($"/?q={Uri.EscapeDataString(words)}");
        await IsLiveAsync();
    }

    public Task IsLiveAsync() => Expect(Page.Locator("#connection")).ToHaveTextAsync("live", new() { Timeout = 20_000 });

    public async Task<IPage> NewTabAsync()
    {
        var tab = await context.NewPageAsync();
        Listen(tab);
        return tab;
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private void Listen(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Enqueue($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Enqueue($"{page.Url}: {error}");
    }
}
