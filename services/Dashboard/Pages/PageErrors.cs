using Microsoft.AspNetCore.Http.HttpResults;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Dashboard.Pages;

/// <summary>Errors as pages for people, where programs get problems.</summary>
internal static class PageErrors
{
    public static void UsePageErrors(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }
        try
        {
            await next(context);
        }
        catch (Exception exception) when (TransientFaults.IsTransient(exception) && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        var isBare = context.Response is { HasStarted: false, ContentLength: null, ContentType: null, StatusCode: >= 400 };
        if (isBare) await WriteAsync(context);
    });

    public static Task WriteAsync(HttpContext context) => Of(context.Response.StatusCode).ExecuteAsync(context);

    public static RazorComponentResult<ProblemPage> Of(int status, string? text = null)
    {
        var (title, usual) = status switch
        {
            StatusCodes.Status400BadRequest => ("That was not understood", "The form was old, or the address is not one of this site's. Go back, load the page again, and repeat it."),
            StatusCodes.Status403Forbidden => ("Not yours to do", "Your role lets you look, not act. An administrator can change it."),
            StatusCodes.Status404NotFound => ("Not here", "There is no such page, or what it showed is gone."),
            StatusCodes.Status503ServiceUnavailable => ("Not now", "A part of the system is away at the moment. Nothing was changed; try again."),
            _ => ("That did not work", "Something went wrong on our side. It is in the log."),
        };
        return new(new { Title = title, Text = text ?? usual }) { StatusCode = status };
    }
}
