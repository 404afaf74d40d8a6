using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Integration.Tests.Systems;

/// <summary>A feed as its creation showed it.</summary>
internal sealed record TestFeed(Guid Id, string Name, string Key);

/// <summary>The services' HTTP APIs, with a token for everything.</summary>
internal sealed class Api : IDisposable
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);
    private readonly Stack stack;
    private readonly ApiTokens tokens;
    private readonly HttpClient http;

    public Api(Stack stack, string signingKey)
    {
        this.stack = stack;
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Tokens:SigningKey"] = signingKey }).Build();
        tokens = new ApiTokens(settings, TimeProvider.System);
        http = As("tests", [.. Scopes.All]);
    }

    /// <summary>A client with a token of its own, to see what its scopes allow.</summary>
    public HttpClient As(string subject, params string[] scopes)
    {
        var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var request = new TokenRequest { Subject = subject, Scopes = scopes, Lifetime = TimeSpan.FromHours(2) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", tokens.Issue(request).Token);
        return client;
    }

    public async Task<TestFeed> CreateFeedAsync(string name, int? rateLimit = null)
    {
        var feed = await PostAsync(stack.Ingestion[0], "/v1/feeds", new { name, reliability = "B", rateLimit });
        return new(feed.GetProperty("id").GetGuid(), name, feed.GetProperty("key").GetString()!);
    }

    /// <summary>A webhook channel; its secret is the second value.</summary>
    public async Task<(Guid Id, string Secret)> CreateChannelAsync(string name, Uri target)
    {
        var channel = await PostAsync(stack.Alerting[0], "/v1/channels", new { name, type = "webhook", url = target });
        return (channel.GetProperty("id").GetGuid(), channel.GetProperty("secret").GetString()!);
    }

    /// <summary>A rule that matches everything which has the word in its text.</summary>
    public async Task<Guid> CreateRuleAsync(string name, string word, params Guid[] channels)
    {
        var rule = await PostAsync(stack.Alerting[0], "/v1/rules", new
        {
            name,
            enabled = true,
            domains = Array.Empty<string>(),
            minimumSeverity = "info",
            minimumConfidence = 0.0,
            countries = Array.Empty<string>(),
            alliances = Array.Empty<string>(),
            text = word,
            channels,
        });
        return rule.GetProperty("id").GetGuid();
    }

    /// <summary>Posts to the intake with a feed's key; a string is the body itself, anything else is sent as JSON.</summary>
    public async Task<HttpResponseMessage> PostReportsAsync(TestFeed feed, object body, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(stack.Ingestion[0].Address, "/v1/reports"))
        {
            Content = body as HttpContent ?? (body is string text ? new StringContent(text, mediaType: new MediaTypeHeaderValue("application/json")) : JsonContent.Create(body)),
        };
        request.Headers.Authorization = new("Bearer", feed.Key);
        change?.Invoke(request);
        return await http.SendAsync(request);
    }

    /// <summary>Posts and expects to be accepted.</summary>
    public async Task<JsonElement> AcceptAsync(TestFeed feed, object body)
    {
        using var answer = await PostReportsAsync(feed, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<T> GetAsync<T>(ServiceCopy copy, string path) =>
        await http.GetFromJsonAsync<T>(new Uri(copy.Address, path), Wire) ?? throw new InvalidDataException($"{path} answered null");

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, ServiceCopy copy, string path, object? body = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(copy.Address, path)) { Content = body is null ? null : JsonContent.Create(body, options: Wire) };
        change?.Invoke(request);
        return await http.SendAsync(request);
    }

    /// <summary>Posts and expects success; gives back the answer's JSON.</summary>
    public async Task<JsonElement> PostAsync(ServiceCopy copy, string path, object body)
    {
        using var answer = await SendAsync(HttpMethod.Post, copy, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"POST {path} answered {(int)answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public Task<Incident> IncidentAsync(Guid id) => GetAsync<Incident>(stack.Classification[0], $"/v1/incidents/{id}");

    public Task<Alert> AlertAsync(Guid id) => GetAsync<Alert>(stack.Alerting[0], $"/v1/alerts/{id}");

    /// <summary>Waits for an alert that fits.</summary>
    public Task<Alert> AlertAsync(Guid id, string what, Func<Alert, bool> fits) => Eventually.HasAsync(what, TimeSpan.FromSeconds(30), async () =>
    {
        using var answer = await SendAsync(HttpMethod.Get, stack.Alerting[0], $"/v1/alerts/{id}");
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        var alert = await answer.Content.ReadFromJsonAsync<Alert>(Wire);
        return fits(alert!) ? alert : null;
    });

    /// <summary>Waits for an incident that fits.</summary>
    public Task<Incident> IncidentAsync(Guid id, string what, Func<Incident, bool> fits) => Eventually.HasAsync(what, TimeSpan.FromSeconds(30), async () =>
    {
        using var answer = await SendAsync(HttpMethod.Get, stack.Classification[0], $"/v1/incidents/{id}");
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        var incident = await answer.Content.ReadFromJsonAsync<Incident>(Wire);
        return fits(incident!) ? incident : null;
    });

    public void Dispose() => http.Dispose();
}
