using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Monitoring.Ingestion.Intake;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Ingestion.Polling;

/// <summary>What is asked for. The validators are those of the last answer that was taken in.</summary>
internal sealed record FetchRequest(Uri Address, string Accept, PollCredentials? Credentials, string? Etag = null, string? LastModified = null);

/// <summary>An answer, of which the body is still to be read, or why there is none.</summary>
internal sealed record FetchAnswer(HttpResponseMessage? Response, string Problem) : IDisposable
{
    public void Dispose() => Response?.Dispose();
}

/// <summary>
/// Asks for a feed: no proxy is asked, no cookie kept, only addresses that the guard allows are reached, and redirects are followed step by
/// step, each looked at, credentials left behind for good at the first foreign origin.
/// </summary>
internal sealed class Fetcher : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private readonly HttpMessageInvoker http;
    private readonly string userAgent;

    public Fetcher(AddressGuard guard, IOptions<PollingOptions> options)
    {
        userAgent = options.Value.UserAgent;
        http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = guard.ConnectAsync,
            ConnectTimeout = ConnectTimeout,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            // Names are resolved, and addresses checked, anew from time to time.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 64 << 10,
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>Throws nothing but for <paramref name="cancellationToken"/>.</summary>
    public async Task<FetchAnswer> SendAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var (address, isHome) = (request.Address, true);
        for (var redirects = 0; ; redirects++)
        {
            HttpResponseMessage response;
            try
            {
                using var message = Message(request, address, isHome);
                response = await http.SendAsync(message, cancellationToken);
            }
            // A connection that takes too long is told as a cancellation that nobody asked for.
            catch (Exception exception) when (exception is HttpRequestException or IOException or InternalAddressException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return new(null, Describe(exception));
            }
            if (!Redirects.Is((int)response.StatusCode)) return new(response, "");
            using (response)
            {
                if (Redirects.Follow(address, response.Headers.Location, out var problem) is not { } target) return new(null, problem);
                // The host alone: addresses may be signed, and what is told is kept.
                if (redirects == Redirects.AtMost) return new(null, $"more than {Redirects.AtMost} redirects, the last to {target.Host}");
                address = target;
                // What a foreign server leads back to is its choice, not the operator's.
                isHome &= Redirects.IsSameOrigin(request.Address, address);
            }
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Message(FetchRequest request, Uri address, bool isHome)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, address);
        var headers = message.Headers;
        headers.TryAddWithoutValidation("User-Agent", userAgent);
        headers.TryAddWithoutValidation("Accept", request.Accept);
        headers.TryAddWithoutValidation("Accept-Encoding", BodyDecoding.Accepted);
        if (request.Etag is { } etag) headers.TryAddWithoutValidation("If-None-Match", etag);
        if (request.LastModified is { } date) headers.TryAddWithoutValidation("If-Modified-Since", date);
        if (isHome) request.Credentials?.AddTo(headers);
        return message;
    }

    /// <summary>The innermost word that says something: of an address that must not be reached, of the network, of HTTP.</summary>
    private static string Describe(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            if (inner is InternalAddressException or SocketException) return inner.Message;
        return exception.GetBaseException().Message;
    }
}
