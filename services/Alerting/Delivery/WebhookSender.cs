using System.Net.Http.Headers;
using System.Text;
using Monitoring.Alerting.Channels;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Alerting.Delivery;

/// <summary>Makes one attempt: no redirect is followed, no proxy asked, no cookie kept, and only addresses that the guard allows are reached.</summary>
internal sealed class WebhookSender : IDisposable
{
    /// <summary>How long an attempt may take, from the name's resolution to the end of the answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private const int AnswerBytes = 1_024;
    private static readonly ProductInfoHeaderValue Agent = new("Monitoring", "1.0");

    private readonly HttpMessageInvoker http;
    private readonly TimeProvider time;

    public WebhookSender(WebhookOptions options, TimeProvider time)
    {
        this.time = time;
        var guard = new AddressGuard(options.AllowedPrivateNetworks, WebhookOptions.NetworksSetting);
        http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = guard.ConnectAsync,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            // Names are resolved, and addresses checked, anew from time to time.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 16,
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>Never throws but for <paramref name="cancellationToken"/>.</summary>
    public async Task<DeliveryOutcome> SendAsync(Channel channel, Notification notification, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            using var request = Message(channel.Type.Build(channel, notification, now));
            using var response = await http.SendAsync(request, either.Token);
            var body = await BeginningAsync(response.Content, either.Token);
            return channel.Type.Judge((int)response.StatusCode, body, HttpOutcomes.WaitOf(response.Headers.RetryAfter, now));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HttpOutcomes.Of(exception);
        }
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Message(ChannelRequest wanted)
    {
        var content = new ByteArrayContent(wanted.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue(wanted.ContentType);
        var message = new HttpRequestMessage(HttpMethod.Post, wanted.Url) { Content = content };
        message.Headers.UserAgent.Add(Agent);
        foreach (var (name, value) in wanted.Headers) message.Headers.Add(name, value);
        return message;
    }

    private static async Task<string> BeginningAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength == 0) return "";
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[AnswerBytes];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
