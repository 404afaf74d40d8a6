using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Monitoring.Contracts;
using Monitoring.Dashboard.Storage;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Dashboard.Accounts;

/// <summary>The body of <c>POST /v1/tokens</c>; a scope <c>all</c> stands for every one.</summary>
internal sealed record NewToken(string? Subject, IReadOnlyList<string>? Scopes, int? Days);

/// <summary>A token as the API lists it.</summary>
internal sealed record TokenView(string Id, string Subject, IReadOnlyList<string> Scopes, string IssuedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt);

internal static class TokensApi
{
    private const int LongestDays = 3_650;

    /// <summary>
    /// API tokens, for administrators (by cookie, with the header <c>RequestVerificationToken</c>) and tokens with
    /// <c>configuration:manage</c>: <c>POST /v1/tokens { subject, scopes, days }</c> → <c>201 { id, token, expiresAt }</c>, the token shown
    /// this once; <c>GET /v1/tokens</c> → those that have not ended; <c>DELETE /v1/tokens/{id}</c> → <c>204</c>, and no service honours it
    /// any more; <c>404</c>.
    /// </summary>
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("/v1/tokens").RequireAuthorization(AccountsRegistration.Administration);
        tokens.MapGet("", ListAsync);
        tokens.MapPost("", IssueAsync).AddEndpointFilter<ForgeryFilter>();
        tokens.MapDelete("/{id}", RevokeAsync).AddEndpointFilter<ForgeryFilter>();
    }

    /// <summary>The scopes that a request names, or <c>null</c> where it names one that is none.</summary>
    internal static IReadOnlyList<string>? Known(IReadOnlyList<string> scopes) =>
        scopes is ["all"] ? Scopes.All : scopes.Count > 0 && scopes.All(Scopes.All.Contains) ? [.. scopes.Distinct()] : null;

    private static async Task<Results<Created<IssuedToken>, ProblemHttpResult>> IssueAsync(NewToken body, TokenBook book, HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var scopes = Known(body.Scopes ?? []);
        if (string.IsNullOrWhiteSpace(body.Subject) || body.Subject.Length > 200) errors["subject"] = ["a name of at most 200 characters is needed: whom or what the token is for"];
        if (scopes is null) errors["scopes"] = [$"expected 'all', or some of {string.Join(", ", Scopes.All)}"];
        if (body.Days is null or < 1 or > LongestDays) errors["days"] = [$"expected a number from 1 to {LongestDays}"];
        if (errors.Count > 0) return Problems.Invalid(errors);
        var issued = await book.IssueAsync(body.Subject!, scopes!, TimeSpan.FromDays(body.Days!.Value), context.User.ActorName(), context.RequestAborted);
        return TypedResults.Created((string?)null, issued);
    }

    private static async Task<Ok<Page<TokenView>>> ListAsync(DashboardDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var entries = await db.Tokens.AsNoTracking().Where(token => token.ExpiresAt > now).OrderByDescending(token => token.CreatedAt).Take(1_000)
            .Select(token => new TokenView(token.Id, token.Subject, token.Scopes, token.IssuedBy, token.CreatedAt, token.ExpiresAt, token.RevokedAt))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<TokenView>(entries, null));
    }

    private static async Task<Results<NoContent, NotFound>> RevokeAsync(string id, TokenBook book, CancellationToken cancellationToken) =>
        await book.RevokeAsync(id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();
}
