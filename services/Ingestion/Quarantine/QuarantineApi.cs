using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Intake;
using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Ingestion.Quarantine;

/// <summary>What was refused and why; <c>Bytes</c> is how many of them are kept.</summary>
internal sealed record QuarantineView(
    Guid Id, Guid FeedId, string Feed, DateTimeOffset ReceivedAt, string Format, int Index, IReadOnlyList<FormatProblem> Problems, int Bytes, bool IsTruncated, string? TraceId);

/// <summary>How many items of a feed were tried again, and what became of them; <c>More</c> where others are left to try.</summary>
internal sealed record RetrySummary(int Accepted, int Refused, bool More);

/// <summary>How many items were thrown away.</summary>
internal sealed record DiscardSummary(int Discarded);

/// <summary>What was refused: to look at, to try again after a fix, to throw away.</summary>
internal static class QuarantineApi
{
    public static void AddQuarantine(this WebApplicationBuilder builder) => builder.Services.AddScoped<QuarantineRetry>();

    /// <summary>
    /// <c>GET /v1/quarantine?feed=&amp;format=</c> (a feed's id, a format's name), <c>GET /v1/quarantine/{id}</c>, <c>GET /v1/quarantine/{id}/raw</c>; <c>POST
    /// /v1/quarantine/{id}/retry</c> → <c>200</c> with what a post answers, <c>422</c> when it is refused again, <c>409</c> when not all of
    /// its bytes were kept; <c>DELETE /v1/quarantine/{id}</c> → <c>204</c>. Of a whole feed: <c>POST /v1/quarantine/retry?feed=</c> tries the
    /// oldest thousand again, <c>DELETE /v1/quarantine?feed=</c> throws all away; both answer counts.
    /// </summary>
    public static void MapQuarantine(this IEndpointRouteBuilder routes)
    {
        var quarantine = routes.MapGroup("/v1/quarantine");
        quarantine.MapGet("", ListAsync).RequireScope(Scopes.ReportsRead);
        quarantine.MapGet("/{id:guid}", GetAsync).RequireScope(Scopes.ReportsRead);
        quarantine.MapGet("/{id:guid}/raw", GetRawAsync).RequireScope(Scopes.ReportsRead);
        quarantine.MapPost("/{id:guid}/retry", RetryAsync).RequireScope(Scopes.FeedsManage);
        quarantine.MapPost("/retry", RetryAllAsync).RequireScope(Scopes.FeedsManage);
        quarantine.MapDelete("", DeleteAllAsync).RequireScope(Scopes.FeedsManage);
        quarantine.MapDelete("/{id:guid}", DeleteAsync).RequireScope(Scopes.FeedsManage);
    }

    private static async Task<Results<Ok<Page<QuarantineView>>, ProblemHttpResult>> ListAsync(
        Guid? feed, string? format, int? limit, string? cursor, IngestionDb db, CancellationToken cancellationToken)
    {
        if (!Paging.TryRead(limit, cursor, out var paging, out var problem)) return problem;
        var after = paging.After;
        var items = await Views(db.Quarantine
            .Where(row => feed == null || row.FeedId == feed)
            .Where(row => format == null || row.Format == format)
            .Where(row => after == null || row.ReceivedAt < after.At || (row.ReceivedAt == after.At && row.Id < after.Id))
            .OrderByDescending(row => row.ReceivedAt).ThenByDescending(row => row.Id)
            .Take(paging.Limit + 1)).ToListAsync(cancellationToken);
        return TypedResults.Ok(paging.Page(items, item => new Cursor(item.ReceivedAt, item.Id)));
    }

    private static async Task<Results<Ok<QuarantineView>, NotFound>> GetAsync(Guid id, IngestionDb db, CancellationToken cancellationToken) =>
        await Views(db.Quarantine.Where(row => row.Id == id)).SingleOrDefaultAsync(cancellationToken) is { } item ? TypedResults.Ok(item) : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> GetRawAsync(Guid id, IngestionDb db, CancellationToken cancellationToken) =>
        await db.Quarantine.Where(row => row.Id == id).Select(row => row.Raw).SingleOrDefaultAsync(cancellationToken) is { } raw
            ? TypedResults.Bytes(raw, "application/octet-stream", $"{id}.bin")
            : TypedResults.NotFound();

    private static async Task<Results<Ok<PostAnswer>, NotFound, ProblemHttpResult>> RetryAsync(Guid id, QuarantineRetry retry, CancellationToken cancellationToken) =>
        await retry.RunAsync(id, cancellationToken) switch
        {
            RetryOutcome.Accepted accepted => TypedResults.Ok(accepted.Answer),
            RetryOutcome.Rejected rejected => TypedResults.Problem(
                "The item was refused again.", statusCode: StatusCodes.Status422UnprocessableEntity,
                extensions: new Dictionary<string, object?> { ["rejected"] = rejected.Answer.Rejected }),
            RetryOutcome.Incomplete => Problems.Conflict("Only the first bytes of the item were kept."),
            RetryOutcome.Busy => Busy,
            _ => TypedResults.NotFound(),
        };

    private static async Task<Results<Ok<RetrySummary>, ProblemHttpResult>> RetryAllAsync(Guid? feed, QuarantineRetry retry, CancellationToken cancellationToken)
    {
        if (feed is null) return NoFeed;
        return await retry.RunAllAsync(feed.Value, cancellationToken) is { } summary ? TypedResults.Ok(summary) : Busy;
    }

    private static async Task<Results<Ok<DiscardSummary>, ProblemHttpResult>> DeleteAllAsync(Guid? feed, IngestionDb db, CancellationToken cancellationToken)
    {
        if (feed is null) return NoFeed;
        return TypedResults.Ok(new DiscardSummary(await db.Quarantine.Where(row => row.FeedId == feed).ExecuteDeleteAsync(cancellationToken)));
    }

    private static ProblemHttpResult NoFeed => Problems.Parameter("feed", "the id of a feed", "");

    private static ProblemHttpResult Busy => TypedResults.Problem("Too much is waiting to be written.", statusCode: StatusCodes.Status429TooManyRequests);

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(Guid id, IngestionDb db, CancellationToken cancellationToken) =>
        await db.Quarantine.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken) > 0 ? TypedResults.NoContent() : TypedResults.NotFound();

    private static IQueryable<QuarantineView> Views(IQueryable<QuarantineRow> rows) => rows.Select(row => new QuarantineView(
        row.Id, row.FeedId, row.Feed!.Name, row.ReceivedAt, row.Format, row.ItemIndex, QuarantineStore.ProblemsOf(row.Problems), row.Raw.Length, row.IsTruncated, row.TraceId));
}
