using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Monitoring.Dashboard.Pages;

namespace Monitoring.Dashboard.Accounts;

internal static class SignInApi
{
    /// <summary>
    /// <c>GET /sign-in</c>: the form. <c>POST /sign-in</c> with <c>user</c>, <c>password</c> and the form's <c>__RequestVerificationToken</c> →
    /// <c>302</c>, or <c>401</c> and the form again. <c>POST /sign-out</c>.
    /// </summary>
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", ([FromQuery(Name = "return")] string? returnTo) => Form(returnTo, wasRefused: false)).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/sign-in", SignInAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/sign-out", SignOutAsync).AllowAnonymous().AddEndpointFilter<ForgeryFilter>().ExcludeFromDescription();
    }

    /// <summary>Only a path of this site is returned to.</summary>
    internal static string SafeReturn(string? path) =>
        path is ['/'] or ['/', not ('/' or '\\'), ..] && !path.Any(char.IsControl) ? path : "/";

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<SignIn>>> SignInAsync(
        SignInManager<Account> signIn, UserManager<Account> accounts, IPasswordHasher<Account> hasher, TimeProvider time,
        [FromForm] string? user, [FromForm] string? password, [FromForm(Name = "return")] string? returnTo)
    {
        if (string.IsNullOrWhiteSpace(user) || string.IsNullOrEmpty(password)) return Form(returnTo, wasRefused: true);
        if (await accounts.FindByNameAsync(user.Trim()) is not { } account)
        {
            // As much work as for a wrong password, so that the time taken does not tell which names exist.
            hasher.HashPassword(new Account { Role = Role.Viewer, CreatedAt = time.GetUtcNow() }, password);
            return Form(returnTo, wasRefused: true);
        }
        var result = await signIn.PasswordSignInAsync(account, password, isPersistent: false, lockoutOnFailure: true);
        return result.Succeeded ? TypedResults.LocalRedirect(SafeReturn(returnTo)) : Form(returnTo, wasRefused: true);
    }

    private static async Task<RedirectHttpResult> SignOutAsync(SignInManager<Account> signIn)
    {
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("/sign-in");
    }

    private static RazorComponentResult<SignIn> Form(string? returnTo, bool wasRefused) =>
        new(new { ReturnTo = SafeReturn(returnTo), WasRefused = wasRefused }) { StatusCode = wasRefused ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK };
}
