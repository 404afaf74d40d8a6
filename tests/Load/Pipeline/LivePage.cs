using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Monitoring.Load.Pipeline;

/// <summary>An operator's page: signs in at the dashboard, listens to its live stream, and notes when each alert first appeared.</summary>
internal sealed partial class LivePage : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, long> appeared = new();
    private readonly CancellationTokenSource closing = new();
    private readonly HttpClient browser;
    private readonly TimeProvider time;
    private Task listening = Task.CompletedTask;

    private LivePage(Uri dashboard, TimeProvider time)
    {
        this.time = time;
        browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = dashboard };
    }

    public IReadOnlyDictionary<Guid, long> Appeared => appeared;

    public static async Task<LivePage> OpenAsync(RunningSystem system, TimeProvider time)
    {
        var page = new LivePage(system.Dashboard, time);
        await page.SignInAsync(system.AdminUser, system.AdminPassword);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/live");
        request.Headers.Accept.ParseAdd("text/event-stream");
        var stream = await page.browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (stream.Content.Headers.ContentType?.MediaType != "text/event-stream")
            throw new UnusableSystemException($"GET /live on the dashboard answered {(int)stream.StatusCode} and no event stream: is the password right?");
        page.listening = page.ListenAsync(await stream.Content.ReadAsStreamAsync());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await listening;
        browser.Dispose();
        closing.Dispose();
    }

    private async Task SignInAsync(string user, string password)
    {
        // The form's hidden fields, such as its token against forgery, go back as they came.
        var form = await browser.GetStringAsync("/sign-in");
        var fields = HiddenField().Matches(form).ToDictionary(field => Attribute(field.Value, "name"), field => Attribute(field.Value, "value"));
        (fields["user"], fields["password"]) = (user, password);
        using var answer = await browser.PostAsync("/sign-in", new FormUrlEncodedContent(fields));
    }

    private async Task ListenAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        try
        {
            while (await reader.ReadLineAsync(closing.Token) is { } line)
            {
                var now = time.GetUtcNow().UtcTicks;
                if (!line.StartsWith("data: {", StringComparison.Ordinal)) continue;
                using var frame = JsonDocument.Parse(line.AsMemory("data: ".Length));
                if (!frame.RootElement.TryGetProperty("rows", out var rows)) continue;
                foreach (var row in rows.EnumerateArray()) appeared.TryAdd(row.GetProperty("id").GetGuid(), now);
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or IOException)
        {
            // The page was closed, or the dashboard went away: what did not appear by then is missing in the figures.
        }
    }

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"", RegexOptions.IgnoreCase).Groups[1].Value);

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex HiddenField();
}
