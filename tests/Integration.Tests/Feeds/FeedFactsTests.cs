using System.Net;
using System.Text.Json;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Integration.Tests.Feeds;

[Collection(SharedStackTests.Name)]
public sealed class FeedFactsTests(SharedStack shared)
{
    private readonly Stack stack = shared.Stack;

    [Fact]
    public async Task What_a_feed_is_told_to_be_is_kept_until_it_is_taken_back()
    {
        var feed = await stack.Api.PostAsync(stack.Ingestion[0], "/v1/feeds", new
        {
            name = $"facts {Guid.NewGuid():N}",
            format = "ndjson",
            columns = new { title = "Headline", occurredAt = "Date" },
            family = "A house of many papers",
            language = "et",
            owner = "EE",
            expectedEvery = "PT6H",
        });
        var path = $"/v1/feeds/{feed.GetProperty("id").GetGuid()}";

        using var changing = await stack.Api.SendAsync(HttpMethod.Patch, stack.Ingestion[0], path, new Dictionary<string, object?> { ["family"] = null, ["owner"] = "LV", ["columns"] = null });

        Assert.Equal(HttpStatusCode.OK, changing.StatusCode);
        var kept = await stack.Api.GetAsync<JsonElement>(stack.Ingestion[1], path);
        Assert.Equal(
            ["ndjson", "", "", "et", "LV", "06:00:00", "unknown"],
            new[] { "format", "columns", "family", "language", "owner", "expectedEvery", "health" }.Select(name => kept.GetProperty(name).ToString()));
        Assert.Equal("Headline", feed.GetProperty("columns").GetProperty("title").GetString());
    }

    [Fact]
    public async Task Each_field_that_cannot_be_is_named()
    {
        using var answer = await stack.Api.SendAsync(HttpMethod.Post, stack.Ingestion[0], "/v1/feeds", new { name = "a", format = "telepathy", expectedEvery = "often", owner = "ee" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("errors");
        Assert.Equal(["expectedEvery", "format", "owner"], errors.EnumerateObject().Select(error => error.Name).Order());
    }
}
