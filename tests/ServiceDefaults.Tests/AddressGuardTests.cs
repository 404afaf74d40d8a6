using System.Net;
using Microsoft.Extensions.Configuration;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.ServiceDefaults.Tests;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("192.0.2.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2001::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("100::1")]
    public void An_internal_address_is_not_reached(string address) => Assert.False(Guard().Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("100.63.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2001:4860:4860::8888")]
    public void A_public_address_is_reached(string address) => Assert.True(Guard().Allows(IPAddress.Parse(address)));

    [Fact]
    public void What_the_configuration_names_is_reached_and_nothing_beside_it()
    {
        var guard = Guard("127.0.0.0/8", "fd12::/16");
        Assert.True(guard.Allows(IPAddress.Parse("127.0.0.1")));
        Assert.True(guard.Allows(IPAddress.Parse("::ffff:127.0.0.1")));
        Assert.True(guard.Allows(IPAddress.Parse("fd12::1")));
        Assert.False(guard.Allows(IPAddress.Parse("10.0.0.1")));
        Assert.False(guard.Allows(IPAddress.Parse("::1")));
    }

    [Fact]
    public void What_is_no_network_stops_the_start_with_its_key()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Guard("localhost"));
        Assert.Contains("Some:Networks has 'localhost'", failure.Message, StringComparison.Ordinal);
    }

    private static AddressGuard Guard(params string[] networks)
    {
        var settings = networks.Select((network, at) => KeyValuePair.Create<string, string?>($"Some:Networks:{at}", network));
        return new(AddressGuard.ReadNetworks(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), "Some:Networks"), "Some:Networks");
    }
}
