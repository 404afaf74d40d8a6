using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Monitoring.ServiceDefaults.Http;

/// <summary>An address of this network, which nobody outside may have us reach.</summary>
public sealed class InternalAddressException(string message) : Exception(message);

/// <summary>
/// Connects to public addresses only: the name is resolved here and the checked address is the one connected to, so that no later answer
/// of a name server can lead elsewhere.
/// </summary>
/// <param name="allowed">Networks that are reached though they are internal.</param>
/// <param name="setting">The configuration key that names them, for who reads of a refusal.</param>
public sealed class AddressGuard(IReadOnlyList<IPNetwork> allowed, string setting)
{
    /// <summary>IANA's special-purpose IPv4 blocks that are not globally reachable, and multicast.</summary>
    private static readonly IPNetwork[] Internal4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"),
    ];

    /// <summary>The one block of IPv6 that is in public use (RFC 4291, section 2.5.4); loopback, link-local, ULA, multicast and NAT64 lie outside.</summary>
    private static readonly IPNetwork Public6 = IPNetwork.Parse("2000::/3");

    /// <summary>Within it: Teredo and 6to4, which carry IPv4 addresses, ORCHID, benchmarking and documentation.</summary>
    private static readonly IPNetwork[] Internal6 = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];

    /// <summary>Reads networks as CIDR blocks, none by default; what is no network stops the start.</summary>
    public static IReadOnlyList<IPNetwork> ReadNetworks(IConfiguration configuration, string setting) =>
        [.. (configuration.GetSection(setting).Get<string[]>() ?? []).Where(text => text.Length > 0).Select(text => IPNetwork.TryParse(text, out var network)
            ? network
            : throw new InvalidOperationException($"{setting} has '{text}', which is no network; give CIDR blocks such as 127.0.0.0/8."))];

    /// <summary>Whether the address is public, or one that the configuration allows.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(network => network.Contains(plain)) || IsPublic(plain);
    }

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = (await Dns.GetHostAddressesAsync(host, cancellationToken)).Where(Allows).ToList();
        if (addresses.Count == 0)
            throw new InternalAddressException($"{host} is an internal address, which {setting} does not name");
        for (var index = 0; ; index++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses[index], context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception exception)
            {
                socket.Dispose();
                if (exception is not SocketException || index == addresses.Count - 1) throw;
            }
        }
    }

    private static bool IsPublic(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? !Internal4.Any(network => network.Contains(address))
        : Public6.Contains(address) && !Internal6.Any(network => network.Contains(address));
}
