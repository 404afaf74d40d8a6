using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Monitoring.Integration.Tests.Systems;

/// <summary>
/// A feed's program as it should be: posts reports, notes which were accepted, and posts again what was refused or not answered. It posts
/// steadily, and fast while a moment in the load is waited for, so that what happens then happens to much at once, and what takes its time
/// afterwards does not leave a heap behind. Started with the same seed it posts the same reports.
/// </summary>
internal sealed class Poster : IAsyncDisposable
{
    private const int Workers = 4;
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Steady = TimeSpan.FromMilliseconds(250);
    private static readonly string[] Titles =
    [
        "Ransomware locks servers of a hospital in Estonia", "Flood warning for the coast of Poland", "Central bank of Norway raises its key rate",
        "Troops move near the border of Finland", "Phishing wave aims at ministries in Latvia",
    ];

    private readonly HttpClient http;
    private readonly IReadOnlyList<Uri> intakes;
    private readonly string marker;
    private readonly ConcurrentDictionary<string, Guid> accepted = new();
    private readonly ConcurrentDictionary<int, int> refusals = new();
    private readonly ConcurrentQueue<string> surprises = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task[] workers;
    private int next;
    private volatile bool hurries;

    public Poster(IReadOnlyList<Uri> intakes, string feedKey, string marker, int seed)
    {
        (this.intakes, this.marker) = (intakes, marker);
        http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", feedKey);
        workers = [.. Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(new Random(seed + worker), worker)))];
    }

    /// <summary>External ids of what was answered by 202, with the id that the answer gave.</summary>
    public IReadOnlyDictionary<string, Guid> Accepted => accepted;

    /// <summary>How many requests were not answered by 202, by status; 0 where no answer came.</summary>
    public IReadOnlyDictionary<int, int> Refusals => refusals;

    /// <summary>Waits until so many more have been accepted; a moment in the load that depends on no clock.</summary>
    public async Task AcceptMoreAsync(int reports, TimeSpan deadline)
    {
        var until = accepted.Count + reports;
        hurries = true;
        await Eventually.IsTrueAsync($"{reports} more reports are accepted (refusals: {string.Join(", ", refusals)})", deadline, () => accepted.Count >= until);
        hurries = false;
    }

    /// <summary>Ends the load; whatever was begun is posted until it is accepted.</summary>
    public async Task FinishAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(workers).WaitAsync(TimeSpan.FromSeconds(90));
        Assert.Empty(surprises);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        http.Dispose();
        await Task.WhenAll(workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task WorkAsync(Random random, int worker)
    {
        for (var turn = worker; !stopping.IsCancellationRequested; turn++)
        {
            var reports = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Report(random)).ToArray();
            // A refused post goes to the next copy, where there are several.
            for (var attempt = turn; !await TryPostAsync(reports, intakes[attempt % intakes.Count]); attempt++)
                await PaceAsync();
            await PaceAsync();
        }
    }

    private async Task PaceAsync()
    {
        using var pace = new PeriodicTimer(Fast);
        for (var waited = Fast; await pace.WaitForNextTickAsync() && !hurries && waited < Steady; waited += Fast) { }
    }

    private object Report(Random random)
    {
        var number = Interlocked.Increment(ref next);
        return new
        {
            externalId = $"{marker}-{number:D6}",
            title = Titles[number % Titles.Length],
            text = $"{new string('x', random.Next(100, 400))} Reference {marker}.",
            hints = new { severity = random.Next(2) == 0 ? "high" : "medium" },
        };
    }

    private async Task<bool> TryPostAsync(object[] reports, Uri intake)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(new Uri(intake, "/v1/reports"), reports);
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.Accepted) Note(JsonDocument.Parse(body).RootElement, reports.Length, body);
            else if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null) Refused(answer.StatusCode);
            else surprises.Enqueue($"{(int)answer.StatusCode} {body}");
            return answer.StatusCode == HttpStatusCode.Accepted;
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException or IOException)
        {
            Refused(0);
            return false;
        }
    }

    private void Note(JsonElement answer, int posted, string body)
    {
        // A duplicate was accepted by a post whose answer got lost.
        var items = answer.GetProperty("accepted").EnumerateArray().Concat(answer.GetProperty("duplicates").EnumerateArray()).ToList();
        if (items.Count != posted) surprises.Enqueue($"{posted} were posted, and of {items.Count} the answer tells: {body}");
        foreach (var item in items) accepted[item.GetProperty("externalId").GetString()!] = item.GetProperty("id").GetGuid();
    }

    private void Refused(HttpStatusCode status) => refusals.AddOrUpdate((int)status, 1, (_, count) => count + 1);
}
