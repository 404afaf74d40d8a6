using System.Net.Http.Headers;
using System.Text;
using Monitoring.Alerting.Channels;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Alerting.Delivery;

/// <summary>What HTTP answers, and their absence, mean for a delivery.</summary>
internal static class HttpOutcomes
{
    private const int ReasonLength = 300;

    /// <summary>
    /// 2xx delivered; 408, 429 and 5xx again later; 410 the target is gone; everything else never: redirects are not followed, since the
    /// address that was checked is not the one that they name.
    /// </summary>
    public static DeliveryOutcome Of(int status, string body, TimeSpan? retryAfter) => status switch
    {
        >= 200 and < 300 => new DeliveryOutcome.Delivered(status),
        408 or 429 or >= 500 => new DeliveryOutcome.Retry(status, Say(status, body), retryAfter),
        410 => new DeliveryOutcome.Gone(status, Say(status, body)),
        >= 300 and < 400 => new DeliveryOutcome.Refused(status, $"answered {status}: redirects are not followed; give the address that it leads to"),
        _ => new DeliveryOutcome.Refused(status, Say(status, body)),
    };

    /// <summary>Nothing came back: the network, the time-out, or an address that must not be reached.</summary>
    public static DeliveryOutcome Of(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is InternalAddressException) return new DeliveryOutcome.Refused(null, inner.Message);
        }
        return exception is OperationCanceledException
            ? new DeliveryOutcome.Retry(null, "no answer in time")
            : new DeliveryOutcome.Retry(null, Clean((exception.GetBaseException() as System.Net.Sockets.SocketException ?? exception).Message));
    }

    /// <summary>How long <c>Retry-After</c> (RFC 9110, section 10.2.3) asks to wait: seconds, or until a date.</summary>
    public static TimeSpan? WaitOf(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header?.Delta ?? header?.Date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string Say(int status, string body) => body.Length == 0 ? $"answered {status}" : $"answered {status}: {Clean(body)}";

    /// <summary>One line without control characters, which the database would not take.</summary>
    private static string Clean(string text)
    {
        var line = new StringBuilder();
        foreach (var character in text) line.Append(char.IsControl(character) ? ' ' : character);
        return line.ToString().Trim().Shorten(ReasonLength);
    }
}
