using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Monitoring.Integration.Tests.Webhooks;

/// <summary>A webhook's target over plain sockets, so that it can misbehave in every way that a real one does.</summary>
internal sealed class WebhookTarget : IAsyncDisposable
{
    private readonly ConcurrentQueue<WebhookCall> calls = new();
    private readonly ConcurrentDictionary<string, int> timesSeen = new();
    private readonly ConcurrentDictionary<Socket, bool> open = new();
    private readonly Func<WebhookCall, int, Reply> script;
    /// <summary>Bound from the beginning, so that nobody else gets the port before, and refusing until it listens.</summary>
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    // A port may have been that of an earlier target, to which something is still to be delivered.
    private readonly string path = $"/hook/{Guid.NewGuid():N}";

    /// <summary>The script is given the call and how often its id has come before.</summary>
    public WebhookTarget(Func<WebhookCall, int, Reply> script, bool listening = true)
    {
        this.script = script;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Address = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}{path}");
        if (listening) Listen();
    }

    public Uri Address { get; }

    /// <summary>All calls in the order of their arrival, repeated ones too.</summary>
    public IReadOnlyList<WebhookCall> Calls => [.. calls];

    /// <summary>A target that takes everything.</summary>
    public static WebhookTarget ThatTakesAll() => new((_, _) => new Reply.Status(200));

    /// <summary>Begins to listen; until then connections are refused.</summary>
    public void Listen()
    {
        listener.Listen(512);
        _ = AcceptAsync();
    }

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        foreach (var socket in open.Keys) socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync();
                open[socket] = true;
                _ = ServeAsync(socket);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The target went away.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            var input = new BufferedStream(stream);
            while (await ReadHeadAsync(input) is { } head)
            {
                if (!head.StartsWith($"POST {path} ", StringComparison.Ordinal)) return;
                var headers = Headers(head);
                var id = headers.GetValueOrDefault("webhook-id", "");
                var reply = script(new WebhookCall(id, TimeProvider.System.GetUtcNow(), headers, ""), timesSeen.GetValueOrDefault(id));
                var body = await ReadBodyAsync(input, headers, half: reply is Reply.CloseWhileReading);
                calls.Enqueue(new WebhookCall(id, TimeProvider.System.GetUtcNow(), headers, body));
                timesSeen.AddOrUpdate(id, 1, (_, times) => times + 1);
                if (reply is Reply.Hang) await ReadHeadAsync(input);
                if (reply is Reply.CloseWhileAnswering) await stream.WriteAsync("HTTP/1.1 20"u8.ToArray());
                if (reply is not Reply.Status status) return;
                var extra = string.Concat(status.Headers.Select(header => $"{header.Name}: {header.Value}\r\n"));
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status.Code} Scripted\r\n{extra}Content-Length: 0\r\n\r\n"));
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // The caller, or this target, closed the connection.
        }
        finally
        {
            open.TryRemove(socket, out _);
        }
    }

    private static async Task<string?> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            head.Append((char)one[0]);
            if (one[0] == '\n' && head.Length > 3 && head.ToString(head.Length - 4, 4) == "\r\n\r\n") return head.ToString();
        }
        return null;
    }

    private static Dictionary<string, string> Headers(string head) => head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
        .Skip(1)
        .Select(line => line.Split(':', 2))
        .ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1].Trim());

    private static async Task<string> ReadBodyAsync(Stream stream, Dictionary<string, string> headers, bool half)
    {
        if (headers.TryGetValue("content-length", out var length))
        {
            var body = new byte[int.Parse(length, CultureInfo.InvariantCulture) / (half ? 2 : 1)];
            await stream.ReadExactlyAsync(body);
            return Encoding.UTF8.GetString(body);
        }
        var text = new MemoryStream();
        while (int.Parse(await ReadLineAsync(stream), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var size && (size > 0 || text.Length == 0))
        {
            var chunk = new byte[size / (half ? 2 : 1)];
            await stream.ReadExactlyAsync(chunk);
            text.Write(chunk);
            if (half) break;
            await ReadLineAsync(stream);
        }
        if (!half) await ReadLineAsync(stream);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
        throw new EndOfStreamException();
    }
}
