using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Monitoring.Integration.Tests.Systems;

/// <summary>
/// Ports on loopback for what is about to be started. They lie below those that the kernel hands out by itself: one of those, once it is let
/// go of, may be the near end of anybody's connection before the service that it was chosen for listens on it.
/// </summary>
internal static class Ports
{
    private const int Count = 6_000;
    /// <summary>Above those that <c>free_port</c> of <c>deploy/lib.sh</c> chooses.</summary>
    private static readonly int End = Math.Min(32_000, FirstOfKernel());
    private static readonly int Start = RandomNumberGenerator.GetInt32(Count);
    private static int given;

    /// <summary>One that nobody has bound, and that this process was never given before.</summary>
    public static int Next()
    {
        while (true)
        {
            var number = Interlocked.Increment(ref given);
            if (number > Count) throw new InvalidOperationException($"Of the ports from {End - Count} to {End - 1} all were given, or are taken.");
            var port = End - Count + ((Start + number) % Count);
            if (IsFree(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            // Two may bind a port, but only one listens.
            socket.Listen();
            return true;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }

    /// <summary>Linux tells; elsewhere it is what IANA sets apart for the purpose.</summary>
    private static int FirstOfKernel()
    {
        const string range = "/proc/sys/net/ipv4/ip_local_port_range";
        return File.Exists(range) ? int.Parse(File.ReadAllText(range).Split('\t', ' ')[0], CultureInfo.InvariantCulture) : 49_152;
    }
}
