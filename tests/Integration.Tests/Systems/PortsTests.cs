using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Monitoring.Integration.Tests.Systems;

public sealed class PortsTests
{
    [Fact]
    public void A_port_is_given_once_and_is_neither_taken_nor_one_that_the_kernel_hands_out()
    {
        var kernels = int.Parse(File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split('\t')[0], CultureInfo.InvariantCulture);
        var first = Ports.Next();
        var others = Enumerable.Range(first + 1, 20).Select(Take).OfType<TcpListener>().ToList();
        try
        {
            var taken = others.Select(other => ((IPEndPoint)other.LocalEndpoint).Port).ToList();
            var given = Enumerable.Range(0, 100).AsParallel().Select(_ => Ports.Next()).Append(first).ToList();

            Assert.NotEmpty(taken);
            Assert.Empty(given.Intersect(taken));
            Assert.Equal(101, given.Distinct().Count());
            Assert.All(given, port => Assert.InRange(port, 1_024, kernels - 1));
        }
        finally
        {
            foreach (var other in others) other.Dispose();
        }
    }

    private static TcpListener? Take(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            // Somebody else has it, which is as good.
            listener.Dispose();
            return null;
        }
    }
}
