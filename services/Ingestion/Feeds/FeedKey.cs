using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Monitoring.Ingestion.Feeds;

/// <summary>The secret that a feed posts with: 256 random bits after a prefix by which leaked keys are found. Only its SHA-256 is ever stored.</summary>
internal static class FeedKey
{
    public const string Prefix = "mfk_";
    private const int LongestLength = 100;
    private const string Bearer = "Bearer ";

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] DigestOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The key of a request: <c>Authorization: Bearer mfk_…</c>, or <c>X-Feed-Key: mfk_…</c>.</summary>
    public static string? Of(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        var key = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : request.Headers["X-Feed-Key"].ToString();
        return key.StartsWith(Prefix, StringComparison.Ordinal) && key.Length <= LongestLength ? key : null;
    }
}
