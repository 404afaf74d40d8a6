using System.Net;
using System.Net.Sockets;

namespace Monitoring.Load.Client;

/// <summary>
/// One HTTP/1.1 connection that sends prepared bytes and is kept open. A general client costs several times the processor time, which on
/// a small machine would be taken from the system under load.
/// </summary>
internal sealed class Connection(IPEndPoint server) : IDisposable
{
    private readonly byte[] shared = new byte[16 * 1024];
    private byte[]? larger;
    private Socket? socket;

    private byte[] Buffer => larger ?? shared;

    /// <summary>Sends a whole request and reads its whole answer; the body is valid until the next call.</summary>
    public async ValueTask<(HttpAnswer Answer, ReadOnlyMemory<byte> Body)> SendAsync(ReadOnlyMemory<byte> request)
    {
        socket ??= await OpenAsync();
        for (var sent = 0; sent < request.Length;)
            sent += await socket.SendAsync(request[sent..], SocketFlags.None);
        for (var length = 0; ;)
        {
            if (length == Buffer.Length) Grow();
            var received = await socket.ReceiveAsync(Buffer.AsMemory(length), SocketFlags.None);
            if (received == 0) throw new EndOfStreamException("the server closed the connection before it answered");
            length += received;
            if (!HttpAnswer.TryRead(Buffer.AsSpan(0, length), out var answer)) continue;
            if (answer.Closes) Dispose();
            return (answer, Buffer.AsMemory(answer.BodyStart, answer.BodyLength));
        }
    }

    /// <summary>Closes the connection; the next request opens a new one.</summary>
    public void Dispose()
    {
        socket?.Dispose();
        socket = null;
    }

    public static async Task<IPEndPoint> ResolveAsync(Uri address)
    {
        var found = await Dns.GetHostAddressesAsync(address.DnsSafeHost);
        return new IPEndPoint(found.OrderBy(ip => ip.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First(), address.Port);
    }

    private async Task<Socket> OpenAsync()
    {
        var opened = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await opened.ConnectAsync(server);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private void Grow()
    {
        var grown = new byte[Buffer.Length * 4];
        Buffer.CopyTo(grown, 0);
        larger = grown;
    }
}
