using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Intake;
using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;
using Npgsql;

namespace Monitoring.Ingestion.Feeds;

/// <summary>Feeds, their keys, and the formats they may speak.</summary>
internal static class FeedsApi
{
    /// <summary>
    /// <c>POST /v1/feeds</c> → <c>201</c> with the key, <c>409</c> for a name that is taken; <c>GET /v1/feeds?health=</c>, <c>GET /v1/feeds/{id}</c>;
    /// <c>PATCH /v1/feeds/{id}</c>; <c>POST /v1/feeds/{id}/keys</c> → <c>201</c> with the key; <c>DELETE /v1/feeds/{id}/keys/{keyId}</c>
    /// → <c>204</c>, and the key ends within five seconds; <c>GET /v1/formats</c>.
    /// </summary>
    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        var feeds = routes.MapGroup("/v1/feeds");
        feeds.MapGet("", ListAsync).RequireScope(Scopes.ReportsRead);
        feeds.MapGet("/{id:guid}", GetAsync).RequireScope(Scopes.ReportsRead);
        feeds.MapPost("", CreateAsync).RequireScope(Scopes.FeedsManage);
        feeds.MapPatch("/{id:guid}", ChangeAsync).RequireScope(Scopes.FeedsManage);
        feeds.MapPost("/{id:guid}/keys", CreateKeyAsync).RequireScope(Scopes.FeedsManage);
        feeds.MapDelete("/{id:guid}/keys/{keyId:guid}", RevokeKeyAsync).RequireScope(Scopes.FeedsManage);
        routes.MapGet("/v1/formats", ListFormats).RequireScope(Scopes.ReportsRead);
    }

    private static async Task<Results<Ok<Page<FeedView>>, ProblemHttpResult>> ListAsync(string? health, int? limit, string? cursor, IngestionDb db, CancellationToken cancellationToken)
    {
        if (!Paging.TryRead(limit, cursor, out var paging, out var problem)) return problem;
        if (!TryReadHealth(health, out var states)) return Problems.Parameter("health", $"some of {Wire<FeedHealth>.Expected}, separated by commas", health);
        var after = paging.After;
        var feeds = await db.Feeds.AsNoTracking().Include(feed => feed.Keys).Include(feed => feed.Health)
            .Where(feed => health == null || states.Contains(feed.Health == null ? FeedHealth.Unknown : feed.Health.State))
            .Where(feed => after == null || feed.CreatedAt < after.At || (feed.CreatedAt == after.At && feed.Id < after.Id))
            .OrderByDescending(feed => feed.CreatedAt).ThenByDescending(feed => feed.Id)
            .Take(paging.Limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(paging.Page(feeds.ConvertAll(FeedView.Of), feed => new Cursor(feed.CreatedAt, feed.Id)));
    }

    private static async Task<Results<Ok<FeedView>, NotFound>> GetAsync(Guid id, IngestionDb db, CancellationToken cancellationToken) =>
        await db.Feeds.AsNoTracking().Include(feed => feed.Keys).Include(feed => feed.Health).SingleOrDefaultAsync(feed => feed.Id == id, cancellationToken) is { } feed
            ? TypedResults.Ok(FeedView.Of(feed))
            : TypedResults.NotFound();

    private static async Task<Results<Created<FeedView>, ProblemHttpResult>> CreateAsync(NewFeed request, IngestionDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        var facts = FeedFacts.Of(request, errors);
        FeedRules.Check(request.Name ?? "", facts, request.RateLimit, errors);
        if (errors.Count > 0) return Problems.Invalid(errors);
        var now = time.GetUtcNow();
        var feed = new FeedRow
        {
            Id = Guid.CreateVersion7(now),
            Name = request.Name!.Trim(),
            Reliability = request.Reliability ?? Reliability.F,
            RateLimit = request.RateLimit ?? 0,
            IsEnabled = request.Enabled ?? true,
            CreatedAt = now,
            UpdatedAt = now,
        };
        facts.ApplyTo(feed);
        var key = AddKey(db, feed.Id, now);
        db.Feeds.Add(feed);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "feeds_name" })
        {
            return Problems.Conflict($"There is a feed named '{feed.Name}' already.");
        }
        return TypedResults.Created($"/v1/feeds/{feed.Id}", FeedView.Of(feed) with { Key = key.Key });
    }

    private static async Task<Results<Ok<FeedView>, NotFound, ProblemHttpResult>> ChangeAsync(
        Guid id, FeedChange change, IngestionDb db, KnownFeeds known, TimeProvider time, CancellationToken cancellationToken)
    {
        var feed = await db.Feeds.Include(row => row.Keys).Include(row => row.Health).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (feed is null) return TypedResults.NotFound();
        var errors = new Dictionary<string, string[]>();
        var facts = FeedFacts.Of(feed).With(change, errors);
        FeedRules.Check(name: null, facts, change.RateLimit, errors);
        if (errors.Count > 0) return Problems.Invalid(errors);
        facts.ApplyTo(feed);
        feed.Reliability = change.Reliability ?? feed.Reliability;
        feed.RateLimit = change.RateLimit ?? feed.RateLimit;
        feed.IsEnabled = change.Enabled ?? feed.IsEnabled;
        feed.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        known.Forget();
        return TypedResults.Ok(FeedView.Of(feed));
    }

    private static async Task<Results<Created<FeedKeyView>, NotFound>> CreateKeyAsync(Guid id, IngestionDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!await db.Feeds.AnyAsync(feed => feed.Id == id, cancellationToken)) return TypedResults.NotFound();
        var key = AddKey(db, id, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created((string?)null, key);
    }

    private static async Task<Results<NoContent, NotFound>> RevokeKeyAsync(
        Guid id, Guid keyId, IngestionDb db, KnownFeeds known, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = await db.FeedKeys.SingleOrDefaultAsync(row => row.Id == keyId && row.FeedId == id, cancellationToken);
        if (key is null) return TypedResults.NotFound();
        key.RevokedAt ??= time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        known.Forget();
        return TypedResults.NoContent();
    }

    private static bool TryReadHealth(string? given, out List<FeedHealth> states)
    {
        states = [];
        foreach (var name in given?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            if (!Wire<FeedHealth>.TryParse(name, out var state)) return false;
            states.Add(state);
        }
        return true;
    }

    private static FeedKeyView AddKey(IngestionDb db, Guid feedId, DateTimeOffset now)
    {
        var key = FeedKey.Create();
        var row = new FeedKeyRow { Id = Guid.CreateVersion7(now), FeedId = feedId, Digest = FeedKey.DigestOf(key), CreatedAt = now };
        db.FeedKeys.Add(row);
        return FeedKeyView.Of(row) with { Key = key };
    }

    private static Ok<FormatList> ListFormats(IOptions<IntakeOptions> intake) => TypedResults.Ok(new FormatList(
        [.. FeedFormats.All.Select(format => new FormatView(format.Name, format.ContentTypes, intake.Value.ItemLimits, format.Example))]));
}
