using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Integration.Tests.Polling;

[Collection(SharedStackTests.Name)]
public sealed class CatalogueTests(SharedStack shared)
{
    private readonly Stack stack = shared.Stack;

    [Fact]
    public async Task A_feed_of_the_catalogue_is_switched_on_once_with_its_format_and_its_poll()
    {
        using var enabled = await EnableAsync("volcanoes");
        Assert.Equal(HttpStatusCode.Created, enabled.StatusCode);
        var id = (await enabled.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("feedId").GetGuid();
        // Nobody outside is asked more than once for the sake of a test.
        var shown = await stack.Api.GetAsync<JsonElement>(stack.Ingestion[0], $"/v1/feeds/{id}/poll");
        var change = new { address = shown.GetProperty("address").GetString(), every = shown.GetProperty("every").GetString(), enabled = false };
        using var stopped = await stack.Api.SendAsync(HttpMethod.Put, stack.Ingestion[0], $"/v1/feeds/{id}/poll", change);
        Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);

        var poll = await stack.Api.GetAsync<JsonElement>(stack.Ingestion[0], $"/v1/feeds/{id}/poll");
        Assert.Equal(("https://volcano.si.edu/news/WeeklyVolcanoRSS.xml", "06:00:00"), (poll.GetProperty("address").GetString(), poll.GetProperty("every").GetString()));
        var feed = await stack.Api.GetAsync<JsonElement>(stack.Ingestion[0], $"/v1/feeds/{id}");
        Assert.Equal(("volcanoes", "rss", "en", "A"),
            (feed.GetProperty("name").GetString(), feed.GetProperty("format").GetString(), feed.GetProperty("language").GetString(), feed.GetProperty("reliability").GetString()));
        var items = (await stack.Api.GetAsync<JsonElement>(stack.Ingestion[1], "/v1/catalogue")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(id, items.Single(item => item.GetProperty("name").GetString() == "volcanoes").GetProperty("feedId").GetGuid());
        Assert.Equal(JsonValueKind.Null, items.Single(item => item.GetProperty("name").GetString() == "gdacs").GetProperty("feedId").ValueKind);

        using var again = await EnableAsync("volcanoes");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task A_feed_whose_publisher_wants_something_first_is_not_switched_on()
    {
        using var answer = await EnableAsync("reliefweb");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("appname", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_in_the_catalogue_is_not_found()
    {
        using var answer = await EnableAsync("none-such");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private Task<HttpResponseMessage> EnableAsync(string name) => stack.Api.SendAsync(HttpMethod.Post, stack.Ingestion[0], $"/v1/catalogue/{name}/enable");
}
