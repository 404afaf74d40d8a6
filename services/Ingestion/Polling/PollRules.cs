using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monitoring.Contracts;

namespace Monitoring.Ingestion.Polling;

/// <summary>What stands at the address.</summary>
[JsonConverter(typeof(WireEnumConverter<PollKind>))]
internal enum PollKind
{
    /// <summary>A document, in the feed's format.</summary>
    Http,
    /// <summary>A collection of a TAXII 2.1 server, <c>…/collections/{id}/</c>.</summary>
    Taxii,
}

/// <summary>A poll as it is asked for: <c>Every</c> as <c>[d.]hh:mm:ss</c>; <c>Auth</c> absent leaves it as it is, and <c>null</c> takes it away.</summary>
internal sealed record PollBody(string? Address, string? Every, bool? Enabled, PollKind? Kind, JsonElement Auth);

/// <summary>
/// Secrets of a poll, which are never shown: <c>header</c> has <c>Name</c> and <c>Value</c>, <c>basic</c> has <c>User</c> and
/// <c>Password</c>, <c>bearer</c> has <c>Token</c>.
/// </summary>
internal sealed record AuthBody(string? Kind, string? Name = null, string? Value = null, string? User = null, string? Password = null, string? Token = null);

/// <summary>A poll that was checked. <c>Credentials</c> count where <c>ChangesCredentials</c>.</summary>
internal sealed record PollSettings(Uri Address, PollKind Kind, TimeSpan Every, bool IsEnabled, bool ChangesCredentials, PollCredentials? Credentials);

/// <summary>What a poll may be like.</summary>
internal static class PollRules
{
    private const int AddressLength = 2_048;
    private const int NameLength = 200;
    private const int SecretLength = 4_096;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Headers that say what a request is, not who sends it.</summary>
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Encoding", "Connection", "Content-Length", "Expect", "Host", "If-Modified-Since", "If-None-Match", "Proxy-Authorization",
        "Proxy-Connection", "Range", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "User-Agent",
    };

    /// <returns>The settings, or <c>null</c> where <paramref name="errors"/> tells what is wrong with each field.</returns>
    public static PollSettings? Check(PollBody body, TimeSpan minimumEvery, out Dictionary<string, string[]> errors)
    {
        errors = [];
        var kind = body.Kind ?? PollKind.Http;
        if (CheckAddress(body.Address, kind, out var address) is { } wrong) errors["address"] = [wrong];
        if (!TimeSpan.TryParseExact(body.Every, "c", CultureInfo.InvariantCulture, out var every) || every < minimumEvery || every > PollingOptions.LongestEvery)
            errors["every"] = [$"expected a time from {minimumEvery:c} to {PollingOptions.LongestEvery:c}, found {(body.Every is null ? "nothing" : $"'{body.Every}'")}"];
        var credentials = body.Auth.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : CredentialsOf(body.Auth, errors);
        return errors.Count > 0 ? null : new(address!, kind, every, body.Enabled ?? true, body.Auth.ValueKind != JsonValueKind.Undefined, credentials);
    }

    /// <returns>What is wrong with an address, or <c>null</c>.</returns>
    public static string? CheckAddress(string? text, PollKind kind, out Uri? address)
    {
        address = null;
        if (string.IsNullOrEmpty(text)) return "expected an http or https address, found nothing";
        if (text.Length > AddressLength) return $"expected at most {AddressLength} characters, found {text.Length}";
        if (text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)) || !Uri.TryCreate(text, UriKind.Absolute, out address) || address.Scheme is not ("http" or "https"))
            return "expected an http or https address without spaces";
        if (address.UserInfo.Length > 0) return "expected an address without user and password; give those as auth";
        if (kind != PollKind.Taxii) return null;
        var segments = address.Segments;
        var isCollection = segments.Length >= 3 && segments[^2] == "collections/" && segments[^1].EndsWith('/') && address.Query.Length == 0;
        return isCollection ? null : "expected the address of a TAXII collection, which ends in /collections/{id}/ and has no query";
    }

    private static PollCredentials? CredentialsOf(JsonElement json, Dictionary<string, string[]> errors)
    {
        AuthBody auth;
        try
        {
            auth = json.Deserialize<AuthBody>(Strict)!;
        }
        catch (JsonException)
        {
            errors["auth"] = ["expected an object of texts: kind, and with it name and value (header), user and password (basic), or token (bearer)"];
            return null;
        }
        switch (auth.Kind)
        {
            case "header":
                if (auth.Name is not { Length: > 0 and <= NameLength } name || !name.All(IsTokenLetter) || OwnHeaders.Contains(name))
                    errors["auth.name"] = ["expected the name of a header that is not one of the request's own"];
                CheckSecret("auth.value", auth.Value, errors);
                return new(CredentialKind.Header, auth.Name, auth.Value ?? "");
            case "basic":
                if (auth.User is not { Length: > 0 and <= NameLength } user || user.Contains(':') || user.Any(char.IsControl))
                    errors["auth.user"] = [$"expected 1 to {NameLength} characters, no colon among them"];
                if (auth.Password is not { Length: <= SecretLength } password || password.Any(char.IsControl))
                    errors["auth.password"] = [$"expected at most {SecretLength} characters"];
                return new(CredentialKind.Basic, auth.User, auth.Password ?? "");
            case "bearer":
                CheckSecret("auth.token", auth.Token, errors);
                return new(CredentialKind.Bearer, null, auth.Token ?? "");
            default:
                errors["auth.kind"] = [$"expected one of {Wire<CredentialKind>.Expected}, found {(auth.Kind is null ? "nothing" : $"'{auth.Kind}'")}"];
                return null;
        }
    }

    private static void CheckSecret(string field, string? secret, Dictionary<string, string[]> errors)
    {
        if (secret is not { Length: > 0 and <= SecretLength } || !secret.All(letter => letter is >= ' ' and <= '~') || secret.Trim() != secret)
            errors[field] = [$"expected 1 to {SecretLength} printable ASCII characters, without spaces around them"];
    }

    private static bool IsTokenLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter);
}
