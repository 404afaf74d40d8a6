using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Monitoring.Contracts;
using Monitoring.Ingestion.Polling;
using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;
using Npgsql;

namespace Monitoring.Ingestion.Feeds;

/// <summary>The catalogue.</summary>
internal sealed record CatalogueView(IReadOnlyList<CatalogueItem> Items);

/// <summary>An entry of the catalogue; <c>FeedId</c> is the feed of that name, where there is one.</summary>
internal sealed record CatalogueItem(
    string Name, string About, string Address, string Format, TimeSpan Every, Reliability Reliability, string Language, string Licence, string? Needs, Guid? FeedId)
{
    public static CatalogueItem Of(CatalogueEntry entry, Guid? feedId) => new(
        entry.Name, entry.About, entry.Address, entry.Format, entry.Every, entry.Reliability, entry.Language, entry.Licence, entry.Needs, feedId);
}

/// <summary>A feed that was switched on.</summary>
internal sealed record EnabledFeed(Guid FeedId, string Name);

/// <summary>Well-known public feeds, to be switched on one by one.</summary>
internal static class CatalogueApi
{
    /// <summary>
    /// <c>GET /v1/catalogue</c>; <c>POST /v1/catalogue/{name}/enable</c> → <c>201</c> with the feed, which is polled from now on, <c>409</c>
    /// when there is a feed of that name already, or when its publisher wants something of each user first.
    /// </summary>
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        var catalogue = routes.MapGroup("/v1/catalogue");
        catalogue.MapGet("", ListAsync).RequireScope(Scopes.ReportsRead);
        catalogue.MapPost("/{name}/enable", EnableAsync).RequireScope(Scopes.FeedsManage);
    }

    private static async Task<Ok<CatalogueView>> ListAsync(IngestionDb db, CancellationToken cancellationToken)
    {
        var names = Catalogue.All.Select(entry => entry.Name).ToList();
        var feeds = await db.Feeds.Where(feed => names.Contains(feed.Name)).ToDictionaryAsync(feed => feed.Name, feed => feed.Id, cancellationToken);
        return TypedResults.Ok(new CatalogueView(
            [.. Catalogue.All.Select(entry => CatalogueItem.Of(entry, feeds.TryGetValue(entry.Name, out var id) ? id : null))]));
    }

    private static async Task<Results<Created<EnabledFeed>, NotFound, ProblemHttpResult>> EnableAsync(
        string name, IngestionDb db, Poller poller, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Catalogue.Named(name) is not { } entry) return TypedResults.NotFound();
        if (entry.Needs is { } needs) return Problems.Conflict($"The publisher wants something first: {needs} Make the feed by POST /v1/feeds, and its poll by PUT /v1/feeds/{{id}}/poll.");
        var now = time.GetUtcNow();
        var feed = new FeedRow
        {
            Id = Guid.CreateVersion7(now),
            Name = entry.Name,
            Reliability = entry.Reliability,
            Format = entry.Format,
            Language = entry.Language,
            RateLimit = 0,
            IsEnabled = true,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Feeds.Add(feed);
        db.Polls.Add(PollsApi.NewRow(feed.Id, Catalogue.PollOf(entry), now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "feeds_name" })
        {
            return Problems.Conflict($"There is a feed named '{entry.Name}' already.");
        }
        poller.Wake();
        return TypedResults.Created($"/v1/feeds/{feed.Id}", new EnabledFeed(feed.Id, feed.Name));
    }
}
