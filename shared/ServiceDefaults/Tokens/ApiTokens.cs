using System.Security.Claims;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Monitoring.ServiceDefaults.Tokens;

/// <summary>Whom a token speaks for.</summary>
public sealed record TokenRequest
{
    /// <summary>A person, a program, or the calling service.</summary>
    public required string Subject { get; init; }
    public required IReadOnlyCollection<string> Scopes { get; init; }
    public required TimeSpan Lifetime { get; init; }
    /// <summary>The operator whom the calling service acts for.</summary>
    public string? Operator { get; init; }
    /// <summary>That operator's roles.</summary>
    public IReadOnlyCollection<string> Roles { get; init; } = [];
}

/// <summary>An issued token; <c>Id</c> is its <c>jti</c>.</summary>
public sealed record IssuedToken(string Id, string Token, DateTimeOffset ExpiresAt);

/// <summary>
/// API tokens: JWTs (RFC 7519) signed by HS256 with <c>Tokens:SigningKey</c>, which all services know, so that each checks them by itself.
/// <c>Tokens:PreviousSigningKey</c> is still accepted while keys rotate.
/// </summary>
public sealed class ApiTokens
{
    private const string Issuer = "monitoring";
    /// <summary>RFC 8693, section 4.1 has an object here; ours is the operator's name.</summary>
    private const string OperatorClaim = "act";
    private const string ScopeClaim = "scope";
    private const string RoleClaim = "roles";

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly TimeProvider time;
    private readonly SigningCredentials signing;
    private readonly TokenValidationParameters validation;

    public ApiTokens(IConfiguration configuration, TimeProvider time)
    {
        this.time = time;
        var current = Key(configuration, "Tokens:SigningKey") ?? throw new InvalidOperationException("Tokens:SigningKey is not set; give at least 32 random bytes as base64, the same to every service.");
        signing = new SigningCredentials(current, SecurityAlgorithms.HmacSha256);
        validation = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidateAudience = false,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeys = new[] { current, Key(configuration, "Tokens:PreviousSigningKey") }.OfType<SecurityKey>(),
            LifetimeValidator = (notBefore, expires, _, _) => expires > time.GetUtcNow().UtcDateTime && !(notBefore > time.GetUtcNow().UtcDateTime.AddMinutes(1)),
            NameClaimType = JwtRegisteredClaimNames.Sub,
            RoleClaimType = RoleClaim,
        };
    }

    public IssuedToken Issue(TokenRequest request)
    {
        var now = time.GetUtcNow();
        var issued = new IssuedToken(Guid.CreateVersion7(now).ToString("N"), "", now + request.Lifetime);
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = request.Subject,
            [JwtRegisteredClaimNames.Jti] = issued.Id,
            [ScopeClaim] = string.Join(' ', request.Scopes),
        };
        if (request.Operator is not null) claims[OperatorClaim] = request.Operator;
        if (request.Roles.Count > 0) claims[RoleClaim] = request.Roles.ToArray();
        return issued with
        {
            Token = handler.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                IssuedAt = now.UtcDateTime,
                NotBefore = now.UtcDateTime,
                Expires = issued.ExpiresAt.UtcDateTime,
                Claims = claims,
                SigningCredentials = signing,
            }),
        };
    }

    /// <returns>Who it speaks for, or <c>null</c> where the token is none of ours, or is over. Revocation is not looked at here.</returns>
    internal async Task<ClaimsIdentity?> ValidateAsync(string token) =>
        await handler.ValidateTokenAsync(token, validation) is { IsValid: true } result ? result.ClaimsIdentity : null;

    internal static bool HasScope(ClaimsPrincipal user, string scope) => user.FindFirst(ScopeClaim)?.Value.Split(' ').Contains(scope) == true;

    internal static string ActorName(ClaimsPrincipal user) =>
        user.FindFirst(OperatorClaim)?.Value ?? user.FindFirst(JwtRegisteredClaimNames.Sub)?.Value ?? user.Identity?.Name ?? throw new InvalidOperationException("Nobody is signed in.");

    private static SymmetricSecurityKey? Key(IConfiguration configuration, string name)
    {
        if (configuration[name] is not { Length: > 0 } text) return null;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length < 32)
            throw new InvalidOperationException($"{name} must be at least 32 bytes as base64, such as 'openssl rand -base64 32' prints.");
        return new SymmetricSecurityKey(bytes[..length]);
    }
}
