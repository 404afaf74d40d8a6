using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Delivery;
using Monitoring.Alerting.Storage;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Alerting.Channels;

internal static class ChannelsApi
{
    /// <summary>
    /// <c>GET /v1/channels</c>, <c>GET</c>, <c>PUT</c>, <c>DELETE /v1/channels/{id}</c>, <c>POST /v1/channels</c>, and
    /// <c>POST /v1/channels/{id}/test</c>, which sends one notification now and tells what came of it.
    /// </summary>
    public static void MapChannels(this IEndpointRouteBuilder routes)
    {
        var channels = routes.MapGroup("/v1/channels").WithTags("Channels");
        channels.MapGet("", ListAsync).RequireScope(Scopes.AlertsRead);
        channels.MapGet("/{id:guid}", FindAsync).RequireScope(Scopes.AlertsRead);
        channels.MapPost("", CreateAsync).RequireScope(Scopes.ConfigurationManage);
        channels.MapPut("/{id:guid}", ReplaceAsync).RequireScope(Scopes.ConfigurationManage);
        channels.MapDelete("/{id:guid}", DeleteAsync).RequireScope(Scopes.ConfigurationManage);
        channels.MapPost("/{id:guid}/test", TestAsync).RequireScope(Scopes.ConfigurationManage);
    }

    private static async Task<Results<Ok<Page<ChannelView>>, ProblemHttpResult>> ListAsync(
        AlertingDb db, ChannelStore store, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!Paging.TryRead(limit, cursor, out var paging, out var problem)) return problem;
        var after = paging.After;
        var rows = await db.Channels.AsNoTracking()
            .Where(row => after == null || row.CreatedAt < after.At || (row.CreatedAt == after.At && row.Id < after.Id))
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Take(paging.Limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(paging.Page([.. rows.Select(row => ChannelView.Of(store.Open(row)))], channel => new Cursor(channel.CreatedAt, channel.Id)));
    }

    private static async Task<Results<Ok<ChannelView>, NotFound>> FindAsync(Guid id, AlertingDb db, ChannelStore store, CancellationToken cancellationToken) =>
        await db.Channels.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row
            ? TypedResults.Ok(ChannelView.Of(store.Open(row)))
            : TypedResults.NotFound();

    private static async Task<Results<Created<ChannelView>, ProblemHttpResult>> CreateAsync(
        ChannelBody body, AlertingDb db, ChannelStore store, DeliveryWorker deliveries, TimeProvider time, CancellationToken cancellationToken)
    {
        if (body.Check(current: null) is { Count: > 0 } errors) return Problems.Invalid(errors);
        var now = time.GetMoment();
        var row = store.NewRow(Guid.CreateVersion7(now), body, now);
        db.Channels.Add(row);
        if (!await db.TrySaveNamedAsync(cancellationToken)) return Taken(row.Name);
        deliveries.ChannelsChanged();
        return TypedResults.Created($"/v1/channels/{row.Id}", ChannelView.Of(store.Open(row), showSecret: true));
    }

    private static async Task<Results<Ok<ChannelView>, NotFound, ProblemHttpResult>> ReplaceAsync(
        Guid id, ChannelBody body, AlertingDb db, ChannelStore store, DeliveryWorker deliveries, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.Channels.FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row) return TypedResults.NotFound();
        if (body.Check(ChannelTypes.Find(row.Type)) is { Count: > 0 } errors) return Problems.Invalid(errors);
        store.Take(row, body, time.GetMoment());
        try
        {
            if (!await db.TrySaveNamedAsync(cancellationToken)) return Taken(row.Name);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problems.Conflict("The channel was changed or deleted in the meantime. Look again.");
        }
        deliveries.ChannelsChanged();
        return TypedResults.Ok(ChannelView.Of(store.Open(row), showSecret: body.Secret is not null));
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(Guid id, AlertingDb db, ChannelStore store, DeliveryWorker deliveries, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(id, cancellationToken)) return TypedResults.NotFound();
        deliveries.ChannelsChanged();
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<TestAnswer>, NotFound>> TestAsync(
        Guid id, AlertingDb db, ChannelStore store, WebhookSender sender, WebhookOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.Channels.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row) return TypedResults.NotFound();
        var channel = store.Open(row);
        var alert = Sample(channel, time.GetMoment());
        var notification = new Notification { Id = Ids.Notification(alert.Id, alert.Version, channel.Id), Event = "test", Alert = alert, Link = options.DashboardUrl };
        var started = time.GetTimestamp();
        var outcome = await sender.SendAsync(channel, notification, cancellationToken);
        return TypedResults.Ok(new TestAnswer(outcome is DeliveryOutcome.Delivered, outcome.Status, outcome.Reason, (int)time.GetElapsedTime(started).TotalMilliseconds));
    }

    private static Alert Sample(Channel channel, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Version = 1,
        State = AlertState.Firing,
        Severity = Severity.Info,
        Title = "A test from Monitoring",
        Summary = $"The channel '{channel.Name}' works. Nothing happened in the world.",
        Rule = new RuleReference(Guid.Empty, "none, this is a test"),
        IncidentId = Guid.Empty,
        IncidentVersion = 1,
        Domains = [],
        Countries = [],
        Alliances = [],
        Confidence = 1,
        Marking = new Marking(),
        RaisedAt = now,
        CreatedAt = now,
        UpdatedAt = now,
        FirstReportedAt = now,
    };

    private static ProblemHttpResult Taken(string name) => Problems.Conflict($"There is a channel named '{name}' already.");
}
