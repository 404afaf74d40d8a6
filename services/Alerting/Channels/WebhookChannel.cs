using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Delivery;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Channels;

/// <summary>
/// The generic webhook after Standard Webhooks 1.0: <c>{ "type": "alert.raised", "timestamp": "…", "data": { "alert": {…}, "url": "…" } }</c>
/// of less than 20 KB, with the headers <c>webhook-id</c> (the same over all attempts), <c>webhook-timestamp</c> (seconds since 1970, of
/// this attempt) and <c>webhook-signature</c> (<c>v1,</c> and the base64 of the HMAC-SHA256 of <c>id.timestamp.body</c>).
/// </summary>
internal sealed class WebhookChannel : IChannelType
{
    private const string SecretPrefix = "whsec_";
    private const int BodyBytes = 20_000;
    private const int TitleLength = 500;
    private static readonly int[] SummaryLengths = [4_000, 1_000, 200, 0];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private sealed record Payload(string Type, DateTimeOffset Timestamp, Data Data);

    private sealed record Data(Alert Alert, Uri Url);

    public string Name => "webhook";

    public int DefaultMaxInFlight => 16;

    public bool HasSecret => true;

    public ChannelRequest Build(Channel channel, Notification notification, DateTimeOffset now)
    {
        var body = Body(notification);
        var id = notification.Id.ToString();
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new(channel.Url, body,
        [
            new("webhook-id", id),
            new("webhook-timestamp", timestamp),
            new("webhook-signature", Sign(channel.Secret ?? throw new InvalidOperationException("A webhook has a secret."), id, timestamp, body)),
        ]);
    }

    public DeliveryOutcome Judge(int status, string body, TimeSpan? retryAfter) => HttpOutcomes.Of(status, body, retryAfter);

    /// <summary>A new secret of 32 random bytes.</summary>
    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whether the text is <c>whsec_</c> and the base64 of 24 to 64 bytes.</summary>
    public static bool IsSecret(string text) => TryReadSecret(text, out _);

    /// <summary>The value of <c>webhook-signature</c>.</summary>
    public static string Sign(string secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        if (!TryReadSecret(secret, out var key)) throw new FormatException("The secret is not 'whsec_' and the base64 of 24 to 64 bytes.");
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.ASCII.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }

    private static bool TryReadSecret(string text, out byte[] key)
    {
        key = [];
        if (!text.StartsWith(SecretPrefix, StringComparison.Ordinal)) return false;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text[SecretPrefix.Length..], bytes, out var length) || length is < 24 or > 64) return false;
        key = bytes[..length];
        return true;
    }

    /// <summary>A body that would be too long loses the end of its summary; the rest is on the alert's page.</summary>
    private static byte[] Body(Notification notification)
    {
        var alert = notification.Alert with { Title = notification.Alert.Title.Shorten(TitleLength), History = null, Deliveries = null };
        var body = Serialize(notification, alert);
        foreach (var length in SummaryLengths)
        {
            if (body.Length < BodyBytes) return body;
            body = Serialize(notification, alert with { Summary = length == 0 ? "" : alert.Summary.Shorten(length) });
        }
        return body;
    }

    private static byte[] Serialize(Notification notification, Alert alert) =>
        JsonSerializer.SerializeToUtf8Bytes(new Payload(TypeOf(notification.Event), alert.UpdatedAt, new Data(alert, notification.Link)), Json);

    private static string TypeOf(string kind) => $"alert.{(kind == EventKinds.Unmatched ? EventKinds.Resolved : kind)}";
}
