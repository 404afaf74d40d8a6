using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Monitoring.Load.Traffic;

namespace Monitoring.Load.Client;

/// <summary>
/// A request that was sent: the number of its first report and how many follow on it, when it began by the clock, how long it took, the
/// HTTP status that came back (0 where the connection failed), and how many of its reports were accepted.
/// </summary>
internal readonly record struct Sent(int First, int Reports, long StartedAt, TimeSpan Took, int Status, int Accepted);

/// <summary>Several connections that post reports at once, flat out or at an even rate.</summary>
internal sealed class Crew(IPEndPoint server, int connections, Func<int, RequestTemplate[]> templates, TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private readonly RequestTemplate[][] requests = [.. Enumerable.Range(0, connections).Select(templates)];
    private int next;

    /// <summary>Posts for a while; what is under way then is waited for.</summary>
    public async Task<Sent[]> PostAsync(TimeSpan length, int? rate)
    {
        var began = time.GetTimestamp();
        var open = Enumerable.Range(0, connections).Select(_ => new Connection(server)).ToArray();
        var workers = open.Select((connection, index) => Task.Run(() => WorkAsync(connection, index, began, length, rate))).ToArray();
        try
        {
            await Task.WhenAll(workers).WaitAsync(length + Grace, time);
        }
        catch (TimeoutException)
        {
            Console.Error.WriteLine($"Some requests were not answered within {Grace.TotalSeconds} s: their connections are closed.");
        }
        finally
        {
            foreach (var connection in open) connection.Dispose();
        }
        return [.. (await Task.WhenAll(workers)).SelectMany(sent => sent)];
    }

    private async Task<List<Sent>> WorkAsync(Connection connection, int index, long began, TimeSpan length, int? rate)
    {
        var sent = new List<Sent>(4096);
        for (var turn = 0; ; turn++)
        {
            // Each connection has its own places in an even schedule, so that a slow answer delays nobody else's request.
            var due = rate is { } perSecond ? TimeSpan.FromSeconds((index + (double)turn * connections) / perSecond) : TimeSpan.Zero;
            var early = due - time.GetElapsedTime(began);
            if (early > TimeSpan.Zero && due < length) await Task.Delay(early, time);
            if (due >= length || time.GetElapsedTime(began) >= length) return sent;

            var request = requests[index][turn % requests[index].Length];
            var first = Interlocked.Add(ref next, request.Reports) - request.Reports;
            request.Number(first);
            sent.Add(await SendAsync(connection, request, first));
        }
    }

    private async ValueTask<Sent> SendAsync(Connection connection, RequestTemplate request, int first)
    {
        var startedAt = time.GetUtcNow().UtcTicks;
        var started = time.GetTimestamp();
        try
        {
            var (answer, body) = await connection.SendAsync(request.Bytes);
            var took = time.GetElapsedTime(started);
            var accepted = answer.Status == 202 ? IntakeAnswer.Read(body.Span).Accepted : 0;
            return new(first, request.Reports, startedAt, took, answer.Status, accepted);
        }
        catch (Exception failure) when (failure is SocketException or IOException or ObjectDisposedException or InvalidDataException or JsonException)
        {
            connection.Dispose();
            return new(first, request.Reports, startedAt, time.GetElapsedTime(started), 0, 0);
        }
    }
}
