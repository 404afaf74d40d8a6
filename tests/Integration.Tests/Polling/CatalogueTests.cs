using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Integration.Tests.Polling;

public sealed class CatalogueTests(Servers servers) : IAsyncLifetime
{
    private Stack stack = null!;

    /// <summary>What is switched on here is not to be fetched: nobody outside is asked for the sake of a test.</summary>
    public async ValueTask InitializeAsync() => stack = await Stack.StartAsync(servers, copies: 1, new Dictionary<string, string> { ["Polling__Concurrency"] = "0" }, "Ingestion");

    public async ValueTask DisposeAsync() => await stack.DisposeAsync();

    [Fact]
    public async Task A_feed_of_the_catalogue_is_switched_on_once_with_its_format_and_its_poll_and_where_its_publisher_wants_something_first_not_at_all()
    {
        using var enabled = await EnableAsync("volcanoes");
        Assert.Equal(HttpStatusCode.Created, enabled.StatusCode);
        var id = (await enabled.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("feedId").GetGuid();
        var poll = await stack.Api.GetAsync<JsonElement>(stack.Ingestion[0], $"/v1/feeds/{id}/poll");
        Assert.Equal(("https://volcano.si.edu/news/WeeklyVolcanoRSS.xml", "06:00:00"), (poll.GetProperty("address").GetString(), poll.GetProperty("every").GetString()));
        var feed = await stack.Api.GetAsync<JsonElement>(stack.Ingestion[0], $"/v1/feeds/{id}");
        Assert.Equal(("volcanoes", "rss", "en", "A"),
            (feed.GetProperty("name").GetString(), feed.GetProperty("format").GetString(), feed.GetProperty("language").GetString(), feed.GetProperty("reliability").GetString()));
        var items = (await stack.Api.GetAsync<JsonElement>(stack.Ingestion[0], "/v1/catalogue")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(id, items.Single(item => item.GetProperty("name").GetString() == "volcanoes").GetProperty("feedId").GetGuid());
        Assert.Equal(JsonValueKind.Null, items.Single(item => item.GetProperty("name").GetString() == "gdacs").GetProperty("feedId").ValueKind);

        using var again = await EnableAsync("volcanoes");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);

        using var wanting = await EnableAsync("reliefweb");
        Assert.Equal(HttpStatusCode.Conflict, wanting.StatusCode);
        Assert.Contains("appname", await wanting.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var unknown = await EnableAsync("none-such");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private Task<HttpResponseMessage> EnableAsync(string name) => stack.Api.SendAsync(HttpMethod.Post, stack.Ingestion[0], $"/v1/catalogue/{name}/enable");
}
