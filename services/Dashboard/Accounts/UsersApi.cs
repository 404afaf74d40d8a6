using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Monitoring.Dashboard.Storage;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Dashboard.Accounts;

/// <summary>The body of <c>POST /v1/users</c>.</summary>
internal sealed record NewUser(string? User, string? Password, Role? Role);

/// <summary>An account as the API shows it.</summary>
internal sealed record UserView(Guid Id, string User, Role Role, DateTimeOffset CreatedAt);

internal static class UsersApi
{
    /// <summary>
    /// <c>POST /v1/users { user, password, role }</c> → <c>201</c>, <c>400</c> with what is wrong, <c>409</c> when the name is taken. For
    /// administrators (by cookie, with the header <c>RequestVerificationToken</c>) and tokens with <c>configuration:manage</c>.
    /// </summary>
    public static void MapUsers(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/users", CreateAsync).RequireAuthorization(AccountsRegistration.Administration).AddEndpointFilter<ForgeryFilter>();

    private static async Task<Results<Created<UserView>, ProblemHttpResult>> CreateAsync(NewUser body, UserManager<Account> accounts, TimeProvider time)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(body.User) || body.User.Length > 100) errors["user"] = ["a name of at most 100 characters is needed"];
        if (string.IsNullOrEmpty(body.Password)) errors["password"] = ["a password is needed"];
        if (body.Role is null) errors["role"] = [$"expected one of {Contracts.Wire<Role>.Expected}"];
        if (errors.Count > 0) return Problems.Invalid(errors);
        var account = new Account { Id = Guid.CreateVersion7(time.GetUtcNow()), UserName = body.User, Role = body.Role!.Value, CreatedAt = time.GetUtcNow(), LockoutEnabled = true };
        try
        {
            var result = await accounts.CreateAsync(account, body.Password!);
            if (result.Succeeded) return TypedResults.Created((string?)null, new UserView(account.Id, account.UserName!, account.Role, account.CreatedAt));
            if (result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.DuplicateUserName))) return Taken(body);
            return Problems.Invalid(result.Errors
                .GroupBy(error => error.Code.Contains("Password", StringComparison.Ordinal) ? "password" : "user", error => error.Description)
                .ToDictionary(group => group.Key, group => group.ToArray()));
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return Taken(body);
        }
    }

    private static ProblemHttpResult Taken(NewUser body) => Problems.Conflict($"There is a user '{body.User}' already.");
}

/// <summary>
/// Where a cookie may stand for a token, another site must not use it: such calls carry the antiforgery token. A call with an
/// <c>Authorization</c> header cannot be forged by another site.
/// </summary>
internal sealed class ForgeryFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (request.Headers.Authorization.Count == 0 && !await antiforgery.IsRequestValidAsync(context.HttpContext))
            return TypedResults.Problem("The antiforgery token is missing or old: load a page again.", statusCode: StatusCodes.Status400BadRequest);
        return await next(context);
    }
}
