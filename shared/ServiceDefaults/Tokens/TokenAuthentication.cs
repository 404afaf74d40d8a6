using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Monitoring.ServiceDefaults.Tokens;

/// <summary>Reads <c>Authorization: Bearer</c> (RFC 6750).</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiTokens tokens, Revocations revocations)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiToken";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        const string prefix = "Bearer ";
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var identity = await tokens.ValidateAsync(header[prefix.Length..].Trim());
        if (identity?.FindFirst(JwtRegisteredClaimNames.Jti) is not { } id) return AuthenticateResult.Fail("The token is not valid, or is over.");
        if (revocations.Contains(id.Value)) return AuthenticateResult.Fail("The token was revoked.");
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        await TypedResults.Problem("Send an API token: Authorization: Bearer <token>.", statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        await TypedResults.Problem("The token's scopes do not allow this.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(Context);
}

/// <summary>Protects endpoints by API tokens.</summary>
public static class TokenAuthorization
{
    /// <summary>The authentication scheme's name, for services that have others beside it.</summary>
    public const string Scheme = TokenAuthentication.SchemeName;

    internal static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<Revocations>();
        services.AddHostedService(provider => provider.GetRequiredService<Revocations>());
        // AddAuthentication would bring data protection along, with keys that nothing here needs.
        services.AddAuthenticationCore(options => options.DefaultScheme = TokenAuthentication.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null);
        // Who forgets to say what an endpoint needs has protected it by "signed in", not left it open.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>Lets only API tokens with this scope in: <c>401</c> without a valid token, <c>403</c> without the scope.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser()
            .RequireAssertion(context => ApiTokens.HasScope(context.User, scope)));

    /// <summary>Whether an API token with this scope was sent, for endpoints that others may use too.</summary>
    public static bool HasScope(this ClaimsPrincipal user, string scope) => ApiTokens.HasScope(user, scope);

    /// <summary>Whom to write into a history: the operator whom a service acts for, else the token's subject.</summary>
    public static string ActorName(this ClaimsPrincipal user) => ApiTokens.ActorName(user);
}
