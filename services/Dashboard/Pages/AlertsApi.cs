using Microsoft.AspNetCore.Mvc;
using Monitoring.Contracts;
using Monitoring.Dashboard.Accounts;
using Monitoring.Dashboard.Upstream;

namespace Monitoring.Dashboard.Pages;

internal static class AlertsApi
{
    /// <summary>
    /// <c>GET /alerts/{id}</c>: the page of an alert. <c>POST /alerts/{id}</c> with <c>action</c> (<c>acknowledge</c>, <c>assign</c>,
    /// <c>assign-me</c>, <c>comment</c>, <c>resolve</c>, <c>reopen</c>), <c>version</c>, <c>comment</c>, <c>assignee</c> → <c>302</c> to it,
    /// or the page with the reason and <c>400</c>, <c>409</c>, <c>503</c>; <c>403</c> for who may only look.
    /// </summary>
    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/alerts/{id:guid}", ShowAsync).ExcludeFromDescription();
        routes.MapPost("/alerts/{id:guid}", ActAsync).RequireAuthorization(AccountsRegistration.Acting).ExcludeFromDescription();
    }

    /// <summary>What the form sends.</summary>
    internal sealed record ActionForm(string? Action, int? Version, string? Comment, string? Assignee);

    private static async Task<IResult> ShowAsync(Guid id, HttpContext context, AlertPages pages) =>
        await pages.ShowAsync(id, Visitor.Of(context.User), notice: null, comment: null, StatusCodes.Status200OK, context.RequestAborted);

    private static async Task<IResult> ActAsync(Guid id, HttpContext context, AlertingApi alerting, AlertPages pages, [FromForm] ActionForm form)
    {
        var visitor = Visitor.Of(context.User);
        var comment = string.IsNullOrWhiteSpace(form.Comment) ? null : form.Comment.Trim();
        var cancellationToken = context.RequestAborted;
        var asked = (form.Action, comment, form.Assignee) switch
        {
            ("acknowledge", _, _) => alerting.AcknowledgeAsync(id, form.Version, comment, visitor.Acting, cancellationToken),
            ("resolve", _, _) => alerting.ResolveAsync(id, form.Version, comment, visitor.Acting, cancellationToken),
            ("reopen", _, _) => alerting.ReopenAsync(id, form.Version, comment, visitor.Acting, cancellationToken),
            ("assign-me", _, _) => alerting.AssignAsync(id, form.Version, visitor.Name, comment, visitor.Acting, cancellationToken),
            ("assign", _, { Length: > 0 } assignee) => alerting.AssignAsync(id, form.Version, assignee, comment, visitor.Acting, cancellationToken),
            ("comment", { } text, _) => alerting.CommentAsync(id, text, visitor.Acting, cancellationToken),
            ("comment", null, _) => Task.FromResult<Answer<Alert>>(new Answer<Alert>.Refused(StatusCodes.Status400BadRequest, "A comment needs some words.")),
            _ => Task.FromResult<Answer<Alert>>(new Answer<Alert>.Refused(StatusCodes.Status400BadRequest, "That is no action of this page.")),
        };
        return await asked switch
        {
            Answer<Alert>.Given => TypedResults.LocalRedirect($"/alerts/{id}"),
            Answer<Alert>.Missing => PageErrors.Of(StatusCodes.Status404NotFound),
            Answer<Alert>.Refused { Status: StatusCodes.Status409Conflict } refused =>
                await pages.ShowAsync(id, visitor, $"Not done: the alert has changed since you loaded it. It is shown as it is now. ({refused.Problem})", comment, refused.Status, cancellationToken),
            Answer<Alert>.Refused refused => await pages.ShowAsync(id, visitor, $"Not done: {refused.Problem}", comment, refused.Status, cancellationToken),
            Answer<Alert>.Away away => PageErrors.Of(StatusCodes.Status503ServiceUnavailable, $"{away.Service} is away ({away.Reason}). Whether the action was done is not certain; look again in a moment."),
            _ => throw new InvalidOperationException("An answer is one of four."),
        };
    }
}
