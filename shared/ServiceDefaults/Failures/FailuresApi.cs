using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Storage;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.ServiceDefaults.Failures;

/// <summary>Lists and retries what a service could not work on.</summary>
public static class FailuresApi
{
    /// <summary>
    /// <c>GET /v1/failures</c> → <c>{ items: [{ id, kind, payload, reason, failedAt, traceId }], next }</c>, newest first;
    /// <c>POST /v1/failures/{id}/retry</c> → <c>204</c> once it was tried (it is listed anew when it failed again), <c>404</c>.
    /// </summary>
    public static void MapFailures(this IEndpointRouteBuilder routes, string readScope, string retryScope, FailureRetry retry)
    {
        routes.MapGet("/v1/failures", ListAsync).RequireScope(readScope);
        routes.MapPost("/v1/failures/{id:guid}/retry", (Guid id, FailedItems items, HttpContext context) => RetryAsync(id, items, retry, context)).RequireScope(retryScope);
    }

    private static async Task<Results<Ok<Page<FailedItem>>, ProblemHttpResult>> ListAsync(ServiceDbContext db, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!Paging.TryRead(limit, cursor, out var paging, out var problem)) return problem;
        var after = paging.After;
        var rows = await db.Set<FailedItem>().AsNoTracking()
            .Where(row => after == null || row.FailedAt < after.At || (row.FailedAt == after.At && row.Id < after.Id))
            .OrderByDescending(row => row.FailedAt).ThenByDescending(row => row.Id)
            .Take(paging.Limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(paging.Page(rows, row => new Cursor(row.FailedAt, row.Id)));
    }

    private static async Task<Results<NoContent, NotFound>> RetryAsync(Guid id, FailedItems items, FailureRetry retry, HttpContext context) =>
        await items.RetryAsync(id, (payload, token) => retry.RunAsync(context.RequestServices, payload, token), context.RequestAborted)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();
}
