using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Monitoring.Browser.Tests;

[Collection(FloorTests.Name)]
public sealed class QuietFeedsTests(Floor floor)
{
    [Fact]
    public async Task A_feed_that_is_missed_is_shown_on_the_open_page_until_it_is_heard()
    {
        await using var desk = await Desk.SignedInAsync(floor, Floor.Viewer);
        var quiet = desk.Page.GetByRole(AriaRole.Region, new() { Name = "Quiet feeds" });
        await Expect(quiet).ToBeHiddenAsync();
        await desk.Page.EvaluateAsync("window.wasNotReloaded = true");

        var feed = await floor.Stack.Api.CreateFeedAsync("Harbour <b>watch</b>");
        await ExpectEveryAsync(feed.Id, "00:01:00");
        // As if it had been announced an hour ago.
        await floor.Stack.Database.ListAsync<Guid>("UPDATE ingestion.feeds SET created_at = now() - interval '1 hour' WHERE id = $1 RETURNING id", feed.Id);
        await Expect(quiet).ToContainTextAsync("silent Harbour <b>watch</b> never heard", new() { Timeout = 20_000 });

        await floor.Stack.Api.AcceptAsync(feed, new { externalId = "a", title = "Storm" });
        await Expect(quiet).ToBeHiddenAsync(new() { Timeout = 20_000 });
        Assert.True(await desk.Page.EvaluateAsync<bool>("window.wasNotReloaded === true"));
        Assert.Empty(desk.Complaints);
        await ExpectEveryAsync(feed.Id, null);
    }

    private async Task ExpectEveryAsync(Guid feed, string? expectedEvery)
    {
        using var answer = await floor.Stack.Api.SendAsync(HttpMethod.Patch, floor.Stack.Ingestion[0], $"/v1/feeds/{feed}", new Dictionary<string, object?> { ["expectedEvery"] = expectedEvery });
        Assert.True(answer.IsSuccessStatusCode);
    }
}
