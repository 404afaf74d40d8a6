using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Storage;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Alerting.Rules;

internal static class RulesApi
{
    /// <summary>
    /// <c>GET /v1/rules</c> (newest first), <c>GET</c>, <c>PUT</c>, <c>DELETE /v1/rules/{id}</c>, <c>POST /v1/rules</c>. A rule is about
    /// incidents that change from now on; its alerts end when their incidents next change and it does not match any more.
    /// </summary>
    public static void MapRules(this IEndpointRouteBuilder routes)
    {
        var rules = routes.MapGroup("/v1/rules").WithTags("Rules");
        rules.MapGet("", ListAsync).RequireScope(Scopes.AlertsRead);
        rules.MapGet("/{id:guid}", FindAsync).RequireScope(Scopes.AlertsRead);
        rules.MapPost("", CreateAsync).RequireScope(Scopes.ConfigurationManage);
        rules.MapPut("/{id:guid}", ReplaceAsync).RequireScope(Scopes.ConfigurationManage);
        rules.MapDelete("/{id:guid}", DeleteAsync).RequireScope(Scopes.ConfigurationManage);
    }

    private static async Task<Results<Ok<Page<Rule>>, ProblemHttpResult>> ListAsync(AlertingDb db, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!Paging.TryRead(limit, cursor, out var paging, out var problem)) return problem;
        var after = paging.After;
        var rows = await db.Rules.AsNoTracking()
            .Where(row => after == null || row.CreatedAt < after.At || (row.CreatedAt == after.At && row.Id < after.Id))
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Take(paging.Limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(paging.Page([.. rows.Select(row => row.ToRule())], rule => new Cursor(rule.CreatedAt, rule.Id)));
    }

    private static async Task<Results<Ok<Rule>, NotFound>> FindAsync(Guid id, AlertingDb db, CancellationToken cancellationToken) =>
        await db.Rules.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? TypedResults.Ok(row.ToRule()) : TypedResults.NotFound();

    private static async Task<Results<Created<Rule>, ProblemHttpResult>> CreateAsync(RuleBody body, AlertingDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await CheckAsync(body, db, cancellationToken) is { } problem) return problem;
        var now = time.GetMoment();
        var rule = body.ToRule(Guid.CreateVersion7(now), createdAt: now, updatedAt: now);
        db.Rules.Add(rule.ToRow());
        return await db.TrySaveNamedAsync(cancellationToken) ? TypedResults.Created($"/v1/rules/{rule.Id}", rule) : Taken(rule.Name);
    }

    private static async Task<Results<Ok<Rule>, NotFound, ProblemHttpResult>> ReplaceAsync(
        Guid id, RuleBody body, AlertingDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await CheckAsync(body, db, cancellationToken) is { } problem) return problem;
        if (await db.Rules.FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row) return TypedResults.NotFound();
        var rule = body.ToRule(id, row.CreatedAt, time.GetMoment());
        row.Take(rule);
        return await db.TrySaveNamedAsync(cancellationToken) ? TypedResults.Ok(rule) : Taken(rule.Name);
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(Guid id, AlertingDb db, CancellationToken cancellationToken) =>
        await db.Rules.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken) == 1 ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<ProblemHttpResult?> CheckAsync(RuleBody body, AlertingDb db, CancellationToken cancellationToken)
    {
        var errors = body.Check();
        var channels = (body.Channels ?? []).Distinct().ToArray();
        var known = await db.Channels.Where(channel => channels.Contains(channel.Id)).Select(channel => channel.Id).ToListAsync(cancellationToken);
        if (channels.Except(known).ToList() is { Count: > 0 } unknown) errors["channels"] = [$"there is no channel {string.Join(", ", unknown)}"];
        return errors.Count == 0 ? null : Problems.Invalid(errors);
    }

    private static ProblemHttpResult Taken(string name) => Problems.Conflict($"There is a rule named '{name}' already.");
}
