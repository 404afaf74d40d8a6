using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;
using Npgsql;

namespace Monitoring.Ingestion.Polling;

/// <summary>
/// A feed's poll. Of its secrets only <c>HasCredentials</c> is told. <c>LastStatus</c> is of HTTP; <c>LastError</c> says what went wrong at
/// the last poll, or what was refused of it.
/// </summary>
internal sealed record PollView(
    Guid FeedId, string Address, PollKind Kind, TimeSpan Every, bool Enabled, bool HasCredentials, DateTimeOffset? NextAt, DateTimeOffset? LastPolledAt, int? LastStatus,
    string? LastError, int Failures, string? Etag, string? LastModified, string? AddedAfter, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>From where feeds are fetched, and how often.</summary>
internal static class PollsApi
{
    /// <summary>
    /// <c>PUT /v1/feeds/{id}/poll</c> with <see cref="PollBody"/> → <c>200</c>, <c>409</c> when it was changed by somebody else at the same
    /// time; <c>GET</c>, for those alone who manage feeds, since an address may have a key in its query; <c>DELETE</c> → <c>204</c>; <c>POST /v1/feeds/{id}/poll/now</c> → <c>202</c>, <c>409</c> when it is switched off.
    /// </summary>
    public static void MapPolls(this IEndpointRouteBuilder routes)
    {
        var polls = routes.MapGroup("/v1/feeds/{id:guid}/poll");
        polls.MapGet("", GetAsync).RequireScope(Scopes.FeedsManage);
        polls.MapPut("", PutAsync).RequireScope(Scopes.FeedsManage);
        polls.MapDelete("", DeleteAsync).RequireScope(Scopes.FeedsManage);
        polls.MapPost("/now", PollNowAsync).RequireScope(Scopes.FeedsManage);
    }

    private static async Task<Results<Ok<PollView>, NotFound>> GetAsync(Guid id, IngestionDb db, CancellationToken cancellationToken) =>
        await db.Polls.AsNoTracking().SingleOrDefaultAsync(row => row.FeedId == id, cancellationToken) is { } poll ? TypedResults.Ok(ViewOf(poll)) : TypedResults.NotFound();

    private static async Task<Results<Ok<PollView>, NotFound, ProblemHttpResult>> PutAsync(
        Guid id, PollBody body, IngestionDb db, PollSecrets secrets, Poller poller, IOptions<PollingOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (PollRules.Check(body, options.Value.MinimumEvery, out var errors) is not { } settings) return Problems.Invalid(errors);
        if (!await db.Feeds.AnyAsync(feed => feed.Id == id, cancellationToken)) return TypedResults.NotFound();
        var row = await db.Polls.SingleOrDefaultAsync(poll => poll.FeedId == id, cancellationToken);
        if (row is null) db.Polls.Add(row = NewRow(id, settings, time.GetUtcNow()));
        // Whoever may not read a secret must not have it sent to a place of his own either.
        else if (row.Credentials is not null && !settings.ChangesCredentials && !Redirects.IsSameOrigin(new Uri(row.Address), settings.Address))
            return Problems.Invalid(new Dictionary<string, string[]> { ["auth"] = ["expected the secrets anew, or null, since the address is another server's"] });
        else Change(db, row, settings, time.GetUtcNow());
        if (settings.ChangesCredentials) row.Credentials = settings.Credentials is { } credentials ? secrets.Protect(id, credentials) : null;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException conflict) when (conflict is DbUpdateConcurrencyException or { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } })
        {
            return Problems.Conflict("The poll was changed by somebody else at the same time.");
        }
        poller.Wake();
        return TypedResults.Ok(ViewOf(row));
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(Guid id, IngestionDb db, CancellationToken cancellationToken) =>
        await db.Polls.Where(row => row.FeedId == id).ExecuteDeleteAsync(cancellationToken) > 0 ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<Accepted, NotFound, ProblemHttpResult>> PollNowAsync(Guid id, IngestionDb db, Poller poller, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await db.Polls.Where(row => row.FeedId == id && row.IsEnabled && row.Feed!.IsEnabled)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, now), cancellationToken) == 0)
            return await db.Polls.AnyAsync(row => row.FeedId == id, cancellationToken) ? Problems.Conflict("The poll, or the feed, is switched off.") : TypedResults.NotFound();
        poller.Wake();
        return TypedResults.Accepted((string?)null);
    }

    /// <summary>A poll that is due at once.</summary>
    public static PollRow NewRow(Guid feedId, PollSettings settings, DateTimeOffset now) => new()
    {
        FeedId = feedId,
        Address = settings.Address.OriginalString,
        Kind = settings.Kind,
        Every = settings.Every,
        IsEnabled = settings.IsEnabled,
        Revision = 1,
        NextAt = now,
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static void Change(IngestionDb db, PollRow row, PollSettings settings, DateTimeOffset now)
    {
        if (row.Address != settings.Address.OriginalString || row.Kind != settings.Kind)
        {
            (row.Etag, row.LastModified, row.Position) = (null, null, null);
            // Written also where they are null already: a fetch that ends meanwhile may have set them.
            foreach (var of in new[] { nameof(PollRow.Etag), nameof(PollRow.LastModified), nameof(PollRow.Position) }) db.Entry(row).Property(of).IsModified = true;
        }
        (row.Address, row.Kind, row.Every, row.IsEnabled) = (settings.Address.OriginalString, settings.Kind, settings.Every, settings.IsEnabled);
        row.Revision++;
        (row.NextAt, row.Failures, row.UpdatedAt) = (now, 0, now);
        foreach (var of in new[] { nameof(PollRow.NextAt), nameof(PollRow.Failures), nameof(PollRow.IsEnabled) }) db.Entry(row).Property(of).IsModified = true;
    }

    private static PollView ViewOf(PollRow row) => new(
        row.FeedId, row.Address, row.Kind, row.Every, row.IsEnabled, row.Credentials is not null, row.IsEnabled ? row.NextAt : null, row.LastPolledAt, row.LastStatus,
        row.LastError, row.Failures, row.Etag, row.LastModified, row.Position?.AddedAfter, row.CreatedAt, row.UpdatedAt);
}
