using System.Net.Http.Headers;

namespace Monitoring.ServiceDefaults.Tokens;

/// <summary>Whom a service acts for while it calls another, and what these roles may do: the called service decides by it.</summary>
public sealed record ActingFor(string Operator, IReadOnlyCollection<string> Roles, IReadOnlyCollection<string> Scopes);

/// <summary>
/// Signs each call to another service with a token of one minute that names the calling service and, where it acts for somebody, the
/// operator, with the operator's scopes in place of its own. Which operator is given per request through <see cref="Operator"/>.
/// </summary>
public sealed class ServiceCalls(ApiTokens tokens, string service, IReadOnlyCollection<string> scopes) : DelegatingHandler
{
    /// <summary>The request's option that names whom the call is made for.</summary>
    public static readonly HttpRequestOptionsKey<ActingFor> Operator = new("operator");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.TryGetValue(Operator, out var acting);
        var issued = tokens.Issue(new TokenRequest
        {
            Subject = service,
            Scopes = acting?.Scopes ?? scopes,
            Lifetime = TimeSpan.FromMinutes(1),
            Operator = acting?.Operator,
            Roles = acting?.Roles ?? [],
        });
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", issued.Token);
        return base.SendAsync(request, cancellationToken);
    }
}
