using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Monitoring.Load.Pipeline;

/// <summary>A feed, a rule that matches its reports by a marker word, and a webhook channel, made for one run and taken away after it.</summary>
internal sealed class OwnConfiguration : IAsyncDisposable
{
    private readonly HttpClient api;
    private readonly List<HttpRequestMessage> takingAway = [];

    private OwnConfiguration(string apiToken)
    {
        api = new HttpClient();
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiToken);
    }

    public Guid Feed { get; private set; }
    public string FeedKey { get; private set; } = "";
    public Guid Rule { get; private set; }
    public Guid? Channel { get; private set; }

    public static async Task<OwnConfiguration> CreateAsync(RunningSystem system, string marker, Uri? webhook)
    {
        var own = new OwnConfiguration(system.ApiToken);
        try
        {
            var feed = await own.MakeAsync(new Uri(system.Ingestion, "/v1/feeds"), new { name = marker, reliability = "B" }, SwitchOff);
            own.Feed = Id(feed);
            own.FeedKey = feed["key"]!.GetValue<string>();
            if (webhook is not null)
                own.Channel = Id(await own.MakeAsync(
                    new Uri(system.Alerting, "/v1/channels"),
                    new { name = marker, type = "webhook", url = webhook, enabled = true, maxInFlight = 32 },
                    Delete));
            own.Rule = Id(await own.MakeAsync(
                new Uri(system.Alerting, "/v1/rules"),
                new
                {
                    name = marker,
                    enabled = true,
                    domains = Array.Empty<string>(),
                    minimumSeverity = "info",
                    minimumConfidence = 0.0,
                    countries = Array.Empty<string>(),
                    alliances = Array.Empty<string>(),
                    text = marker,
                    channels = own.Channel is { } channel ? [channel] : Array.Empty<Guid>(),
                },
                Delete));
            return own;
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes away what was made, the rule first; a feed, which its reports belong to, is switched off.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var request in Enumerable.Reverse(takingAway))
        {
            using var answer = await api.SendAsync(request);
            if (!answer.IsSuccessStatusCode) Console.Error.WriteLine($"{request.Method} {request.RequestUri} answered {(int)answer.StatusCode}: it stays.");
        }
        api.Dispose();
    }

    private async Task<JsonNode> MakeAsync(Uri collection, object body, Func<Uri, HttpRequestMessage> takeAway)
    {
        using var answer = await api.PostAsJsonAsync(collection, body);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new UnusableSystemException($"POST {collection} answered {(int)answer.StatusCode}: {text}");
        var created = JsonNode.Parse(text)!;
        takingAway.Add(takeAway(new Uri($"{collection}/{Id(created)}")));
        return created;
    }

    private static HttpRequestMessage Delete(Uri address) => new(HttpMethod.Delete, address);

    private static HttpRequestMessage SwitchOff(Uri address) => new(HttpMethod.Patch, address) { Content = JsonContent.Create(new { enabled = false }) };

    private static Guid Id(JsonNode created) => created["id"]!.GetValue<Guid>();
}
