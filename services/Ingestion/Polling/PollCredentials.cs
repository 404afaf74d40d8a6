using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Monitoring.Contracts;

namespace Monitoring.Ingestion.Polling;

/// <summary>How a fetch shows who it is.</summary>
[JsonConverter(typeof(WireEnumConverter<CredentialKind>))]
internal enum CredentialKind
{
    /// <summary>A header of any name.</summary>
    Header,
    /// <summary>User and password (RFC 7617).</summary>
    Basic,
    /// <summary>A token (RFC 6750).</summary>
    Bearer,
}

/// <summary>What a fetch shows to be let in.</summary>
/// <param name="Kind">How it is shown.</param>
/// <param name="Name">The header's name, or the user; a bearer has none.</param>
/// <param name="Secret">The header's value, the password, or the token.</param>
internal sealed record PollCredentials(CredentialKind Kind, string? Name, string Secret)
{
    public void AddTo(HttpRequestHeaders headers)
    {
        switch (Kind)
        {
            case CredentialKind.Header:
                headers.TryAddWithoutValidation(Name!, Secret);
                break;
            case CredentialKind.Basic:
                headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Name}:{Secret}")));
                break;
            case CredentialKind.Bearer:
                headers.Authorization = new("Bearer", Secret);
                break;
        }
    }

    // The secret stays out of logs.
    public override string ToString() => $"{Kind} {Name}";
}

/// <summary>Encrypts credentials for the database, each for its feed alone.</summary>
internal sealed class PollSecrets(IDataProtectionProvider protection)
{
    public byte[] Protect(Guid feedId, PollCredentials credentials) =>
        ProtectorOf(feedId).Protect(JsonSerializer.SerializeToUtf8Bytes(credentials, JsonSerializerOptions.Web));

    /// <summary>Throws <see cref="System.Security.Cryptography.CryptographicException"/> where the key is another one.</summary>
    public PollCredentials Open(Guid feedId, byte[] credentials) =>
        JsonSerializer.Deserialize<PollCredentials>(ProtectorOf(feedId).Unprotect(credentials), JsonSerializerOptions.Web)!;

    private IDataProtector ProtectorOf(Guid feedId) => protection.CreateProtector("polls", feedId.ToString("N"));
}
