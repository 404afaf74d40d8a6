namespace Monitoring.Dashboard.Pages;

internal static class PagesRegistration
{
    /// <summary>Nothing but this site's own files; nothing inline, nothing framed, no address told to other sites.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents();
        builder.Services.AddScoped<AlertPages>();
    }

    /// <summary>Tells browsers what this site may never do; before everything that answers.</summary>
    public static void UseBrowserProtection(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    });

    public static void MapPages(this WebApplication app)
    {
        app.UsePageErrors();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapWatch();
        app.MapAlerts();
        app.MapFailuresPage();
    }
}
