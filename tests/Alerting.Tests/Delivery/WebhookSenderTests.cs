using System.Net;
using System.Net.Sockets;
using System.Text;
using Monitoring.Alerting.Channels;
using Monitoring.Alerting.Delivery;

namespace Monitoring.Alerting.Tests.Delivery;

public sealed class WebhookSenderTests
{
    private static readonly WebhookChannel Webhook = new();

    [Fact]
    public async Task An_internal_address_gets_no_connection_unless_it_is_allowed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var sender = new WebhookSender(new WebhookOptions([], new Uri("http://localhost")), TimeProvider.System);
        var outcome = await sender.SendAsync(ChannelAt(listener), Samples.Notification(), TestContext.Current.CancellationToken);
        Assert.Contains("Webhooks:AllowedPrivateNetworks", Assert.IsType<DeliveryOutcome.Refused>(outcome).Reason, StringComparison.Ordinal);
        Assert.False(listener.Pending());
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    public async Task Other_spellings_of_an_internal_address_are_refused_too(string host)
    {
        using var sender = new WebhookSender(new WebhookOptions([], new Uri("http://localhost")), TimeProvider.System);
        var outcome = await sender.SendAsync(Samples.Channel(Webhook, $"http://{host}:9/", WebhookChannel.NewSecret()), Samples.Notification(), TestContext.Current.CancellationToken);
        Assert.IsType<DeliveryOutcome.Refused>(outcome);
    }

    [Fact]
    public async Task An_answer_is_judged_by_the_channels_type()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = AnswerAsync(listener, "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\nbusy");
        using var sender = Allowing();
        var outcome = await sender.SendAsync(ChannelAt(listener), Samples.Notification(), TestContext.Current.CancellationToken);
        var retry = Assert.IsType<DeliveryOutcome.Retry>(outcome);
        Assert.Equal((429, "answered 429: busy", TimeSpan.FromSeconds(7)), (retry.Status, retry.Reason, retry.After));
        var request = await serving;
        Assert.StartsWith("POST /hook HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains("webhook-signature: v1,", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = AnswerAsync(listener, $"HTTP/1.1 307 Elsewhere\r\nLocation: {ChannelAt(listener).Url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var sender = Allowing();
        Assert.IsType<DeliveryOutcome.Refused>(await sender.SendAsync(ChannelAt(listener), Samples.Notification(), TestContext.Current.CancellationToken));
        await serving;
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task A_target_that_is_not_there_is_tried_again()
    {
        // Bound, so that nobody else listens there, and not listening itself.
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var sender = Allowing();
        Assert.IsType<DeliveryOutcome.Retry>(await sender.SendAsync(ChannelAt(bound.LocalEndPoint!), Samples.Notification(), TestContext.Current.CancellationToken));
    }

    private static WebhookSender Allowing() => new(new WebhookOptions([IPNetwork.Parse("127.0.0.0/8")], new Uri("http://localhost")), TimeProvider.System);

    private static Channel ChannelAt(TcpListener listener) => ChannelAt(listener.LocalEndpoint);

    private static Channel ChannelAt(EndPoint address) => Samples.Channel(Webhook, $"http://{address}/hook", WebhookChannel.NewSecret());

    private static async Task<string> AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var buffer = new byte[65_536];
        var length = 0;
        string request;
        do
        {
            length += await stream.ReadAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken);
            request = Encoding.UTF8.GetString(buffer, 0, length);
        }
        while (!request.EndsWith("}}", StringComparison.Ordinal));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
        return request;
    }
}
