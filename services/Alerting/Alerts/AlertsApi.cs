using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Monitoring.Alerting.Storage;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Alerting.Alerts;

/// <summary>What an action may say; only <c>assign</c> has an assignee, none of which means nobody, and only <c>comment</c> needs a comment.</summary>
internal sealed record ActionBody(int? Version = null, string? Comment = null, string? Assignee = null);

/// <summary>The same action on many alerts.</summary>
internal sealed record BulkBody(IReadOnlyList<Guid>? Ids, Verb? Action, string? Comment = null, string? Assignee = null);

/// <summary>What a bulk action came to: the alerts as they are now, and why others stayed as they were.</summary>
internal sealed record BulkAnswer(IReadOnlyList<Alert> Changed, IReadOnlyList<BulkRefusal> Refused);

internal sealed record BulkRefusal(Guid Id, string Problem);

/// <summary>How many alerts are open, by state, severity and domain; an alert of several domains counts in each.</summary>
internal sealed record AlertSummary(
    long Open, IReadOnlyDictionary<AlertState, long> States, IReadOnlyDictionary<Severity, long> Severities, IReadOnlyDictionary<Domain, long> Domains);

internal static class AlertsApi
{
    private const int CommentLength = 4_000;
    private const int AssigneeLength = 200;
    private const int BulkAtMost = 1_000;

    /// <summary>
    /// <c>GET /v1/alerts</c> (newest first; with <c>updatedAfter</c> oldest change first), <c>GET /v1/alerts/summary</c>,
    /// <c>GET /v1/alerts/{id}</c> with history and deliveries, <c>POST /v1/alerts/{id}/{action}</c>, <c>POST /v1/alerts/bulk</c>.
    /// </summary>
    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        var alerts = routes.MapGroup("/v1/alerts").WithTags("Alerts");
        alerts.MapGet("", ListAsync).RequireScope(Scopes.AlertsRead);
        alerts.MapGet("/summary", SummarizeAsync).RequireScope(Scopes.AlertsRead);
        alerts.MapGet("/{id:guid}", FindAsync).RequireScope(Scopes.AlertsRead);
        alerts.MapPost("/bulk", ActOnManyAsync).RequireScope(Scopes.AlertsAct);
        foreach (var verb in Enum.GetValues<Verb>())
            alerts.MapPost($"/{{id:guid}}/{Wire<Verb>.Name(verb)}", (Guid id, ActionBody? body, AlertActions actions, ClaimsPrincipal user, CancellationToken cancellationToken) =>
                ActAsync(id, verb, body ?? new(), actions, user, cancellationToken)).RequireScope(Scopes.AlertsAct);
    }

    private static async Task<Results<Ok<Page<Alert>>, ProblemHttpResult>> ListAsync([AsParameters] AlertListParameters parameters, AlertQueries queries, CancellationToken cancellationToken)
    {
        if (!Paging.TryRead(parameters.Limit, parameters.Cursor, out var paging, out var problem)) return problem;
        if (!AlertFilter.TryRead(parameters, out var filter, out problem)) return problem;
        return TypedResults.Ok(await queries.ListAsync(filter, paging, cancellationToken));
    }

    private static async Task<Ok<AlertSummary>> SummarizeAsync(AlertQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.SummarizeAsync(cancellationToken));

    private static async Task<Results<Ok<Alert>, NotFound>> FindAsync(Guid id, AlertQueries queries, CancellationToken cancellationToken) =>
        await queries.FindAsync(id, cancellationToken) is { } alert ? TypedResults.Ok(alert) : TypedResults.NotFound();

    private static async Task<Results<Ok<Alert>, NotFound, ProblemHttpResult>> ActAsync(
        Guid id, Verb verb, ActionBody body, AlertActions actions, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!TryMake(verb, body, user, out var action, out var errors)) return Problems.Invalid(errors);
        var outcomes = await actions.ApplyAsync([id], action, cancellationToken);
        return outcomes.GetValueOrDefault(id) switch
        {
            ActionOutcome.Done done => TypedResults.Ok(done.Change.After.View),
            ActionOutcome.Refused refused => Problems.Conflict(refused.Reason),
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<Results<Ok<BulkAnswer>, ProblemHttpResult>> ActOnManyAsync(
        BulkBody body, AlertActions actions, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        if (body.Ids is not { Count: > 0 and <= BulkAtMost }) errors["ids"] = [$"expected 1 to {BulkAtMost} ids of alerts"];
        if (body.Action is not { } verb) errors["action"] = [$"expected one of {Wire<Verb>.Expected}"];
        else if (!TryMake(verb, new ActionBody(Version: null, body.Comment, body.Assignee), user, out var action, out var wrong)) errors = errors.Concat(wrong).ToDictionary();
        else if (errors.Count == 0) return TypedResults.Ok(await ApplyToAllAsync([.. body.Ids!.Distinct()], action, actions, cancellationToken));
        return Problems.Invalid(errors);
    }

    private static async Task<BulkAnswer> ApplyToAllAsync(Guid[] ids, OperatorAction action, AlertActions actions, CancellationToken cancellationToken)
    {
        var outcomes = await actions.ApplyAsync(ids, action, cancellationToken);
        return new(
            [.. ids.Select(id => outcomes.GetValueOrDefault(id)).OfType<ActionOutcome.Done>().Select(done => done.Change.After.View)],
            [.. from id in ids
                let outcome = outcomes.GetValueOrDefault(id)
                where outcome is not ActionOutcome.Done
                select new BulkRefusal(id, outcome is ActionOutcome.Refused refused ? refused.Reason : "There is no such alert.")]);
    }

    private static bool TryMake(Verb verb, ActionBody body, ClaimsPrincipal user, out OperatorAction action, out Dictionary<string, string[]> errors)
    {
        var comment = string.IsNullOrWhiteSpace(body.Comment) ? null : body.Comment.Trim();
        var assignee = string.IsNullOrWhiteSpace(body.Assignee) ? null : body.Assignee.Trim();
        errors = [];
        if (verb == Verb.Comment && comment is null) errors["comment"] = ["expected a text"];
        if (comment?.Length > CommentLength) errors["comment"] = [$"expected at most {CommentLength} characters"];
        if (verb != Verb.Assign && assignee is not null) errors["assignee"] = ["only 'assign' has one"];
        if (assignee?.Length > AssigneeLength) errors["assignee"] = [$"expected at most {AssigneeLength} characters"];
        if (comment?.Contains('\0') == true) errors["comment"] = ["has a character U+0000"];
        if (assignee?.Contains('\0') == true) errors["assignee"] = ["has a character U+0000"];
        action = new OperatorAction(verb, user.ActorName(), comment, assignee, body.Version);
        return errors.Count == 0;
    }
}
