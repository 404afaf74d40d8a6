using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Monitoring.Contracts;
using Monitoring.Dashboard.Pages;
using Monitoring.Dashboard.Storage;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Dashboard.Accounts;

internal static class AccountsRegistration
{
    /// <summary>Operators and administrators: who may change something.</summary>
    public const string Acting = "acting";
    /// <summary>Administrators signed in, or a token with <c>configuration:manage</c>.</summary>
    public const string Administration = "administration";

    private const string CookieOrToken = "cookie-or-token";

    /// <summary>Adds accounts, sign-in by cookie beside the API tokens, and the first administrator; reads <c>Admin:User</c> and <c>Admin:Password</c>.</summary>
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<FirstAdministratorOptions>().BindConfiguration("Admin").ValidateDataAnnotations().ValidateOnStart();
        services.AddHostedService<FirstAdministrator>();
        services.AddScoped<TokenBook>();
        services.AddIdentityCore<Account>(Configure)
            .AddEntityFrameworkStores<DashboardDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<AccountClaims>();
        services.AddAuthentication(options => options.DefaultScheme = CookieOrToken)
            .AddPolicyScheme(CookieOrToken, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? TokenAuthorization.Scheme : IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, Configure);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddAuthorizationBuilder()
            .AddPolicy(Acting, policy => policy.RequireRole(Wire<Role>.Name(Role.Operator), Wire<Role>.Name(Role.Administrator)))
            .AddPolicy(Administration, policy => policy.RequireAssertion(context =>
                context.User.IsInRole(Wire<Role>.Name(Role.Administrator)) || context.User.HasScope(Scopes.ConfigurationManage)));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "monitoring-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            // The pages' own protection sets the header, stricter.
            options.SuppressXFrameOptionsHeader = true;
        });
    }

    private static void Configure(IdentityOptions options)
    {
        // Length is what makes a password strong (NIST SP 800-63B, section 5.1.1).
        options.Password.RequiredLength = FirstAdministratorOptions.ShortestPassword;
        options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 4;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "monitoring";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "return";
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        options.Events.OnRedirectToLogin = context =>
        {
            // A program, or the stream, cannot follow to a form.
            if (IsPage(context.Request)) context.Response.Redirect(context.RedirectUri);
            else context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return IsPage(context.Request) ? PageErrors.WriteAsync(context.HttpContext) : Task.CompletedTask;
        };
    }

    private static bool IsPage(HttpRequest request) => !request.Path.StartsWithSegments("/v1") && !request.Path.StartsWithSegments("/live") && !request.Path.StartsWithSegments("/openapi");
}
