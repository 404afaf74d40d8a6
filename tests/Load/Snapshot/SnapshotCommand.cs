using System.Net.Http.Headers;
using Monitoring.Load.Client;
using Monitoring.Load.Figures;

namespace Monitoring.Load.Snapshot;

/// <summary>Posts large snapshots whole, and again unchanged, and measures until each is accepted.</summary>
internal static class SnapshotCommand
{
    private const int Bytes = 20_000_000;

    private sealed record Figures(string Format, string Post, int Bytes, int Status, double Seconds, int Accepted, int Duplicates, int Rejected);

    public static async Task<int> RunAsync(RunningSystem system, TimeProvider time)
    {
        var run = time.GetUtcNow().ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);
        using var http = new HttpClient { BaseAddress = system.Ingestion, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", system.FeedKey);
        var figures = new List<Figures>();
        foreach (var (format, type, body) in new[] { ("cisa-kev", "application/json", Snapshots.Kev(run, Bytes)), ("gdelt", "text/tab-separated-values", Snapshots.Gdelt(run, Bytes)) })
            foreach (var post in new[] { "new", "unchanged" }) figures.Add(await PostAsync(http, format, type, post, body, time));
        Result.Print(new { command = "snapshot", figures });
        return figures.TrueForAll(one => one.Status == 202 && one.Rejected == 0 && (one.Post == "new") == (one.Accepted > 0)) ? 0 : 1;
    }

    private static async Task<Figures> PostAsync(HttpClient http, string format, string type, string post, byte[] body, TimeProvider time)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        var started = time.GetTimestamp();
        using var answer = await http.PostAsync(new Uri($"/v1/reports?format={format}", UriKind.Relative), content);
        var taken = await answer.Content.ReadAsByteArrayAsync();
        var seconds = Math.Round(time.GetElapsedTime(started).TotalSeconds, 2);
        var items = answer.IsSuccessStatusCode ? IntakeAnswer.Read(taken) : default;
        return new(format, post, body.Length, (int)answer.StatusCode, seconds, items.Accepted, items.Duplicates, items.Rejected);
    }
}
