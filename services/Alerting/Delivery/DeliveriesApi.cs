using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Storage;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Alerting.Delivery;

internal static class DeliveriesApi
{
    /// <summary>
    /// <c>GET /v1/deliveries?state=&amp;channel=&amp;alert=</c> (newest first; several states are separated by commas, channel and alert are
    /// ids), <c>GET /v1/deliveries/{id}</c>, <c>POST /v1/deliveries/{id}/redeliver</c>, which begins anew, in whatever state it is.
    /// </summary>
    public static void MapDeliveries(this IEndpointRouteBuilder routes)
    {
        var deliveries = routes.MapGroup("/v1/deliveries").WithTags("Deliveries");
        deliveries.MapGet("", ListAsync).RequireScope(Scopes.AlertsRead);
        deliveries.MapGet("/{id:guid}", FindAsync).RequireScope(Scopes.AlertsRead);
        deliveries.MapPost("/{id:guid}/redeliver", RedeliverAsync).RequireScope(Scopes.ConfigurationManage);
    }

    private static async Task<Results<Ok<Page<Contracts.Delivery>>, ProblemHttpResult>> ListAsync(
        AlertingDb db, string? state, Guid? channel, Guid? alert, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!Paging.TryRead(limit, cursor, out var paging, out var problem)) return problem;
        var states = (state ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (states.Except(DeliveryStates.All).FirstOrDefault() is { } unknown) return Problems.Parameter("state", $"one of {string.Join(", ", DeliveryStates.All)}", unknown);
        var rows = db.Deliveries.AsNoTracking();
        if (states.Length > 0) rows = rows.Where(row => states.Contains(row.State));
        if (channel is not null) rows = rows.Where(row => row.ChannelId == channel);
        if (alert is not null) rows = rows.Where(row => row.AlertId == alert);
        if (paging.After is { } after) rows = rows.Where(row => row.CreatedAt < after.At || (row.CreatedAt == after.At && row.Id < after.Id));
        var read = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(paging.Limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(paging.Page([.. read.Select(row => row.ToDelivery())], delivery => new Cursor(delivery.CreatedAt, delivery.Id)));
    }

    private static async Task<Results<Ok<Contracts.Delivery>, NotFound>> FindAsync(Guid id, AlertingDb db, CancellationToken cancellationToken) =>
        await db.Deliveries.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? TypedResults.Ok(row.ToDelivery()) : TypedResults.NotFound();

    private static async Task<Results<Ok<Contracts.Delivery>, NotFound, ProblemHttpResult>> RedeliverAsync(
        Guid id, AlertingDb db, DeliveryWorker deliveries, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.Deliveries.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row) return TypedResults.NotFound();
        if (!await db.Channels.AnyAsync(channel => channel.Id == row.ChannelId, cancellationToken))
            return Problems.Conflict($"The channel '{row.Channel}' was deleted.");
        var now = time.GetMoment();
        await db.Deliveries.Where(delivery => delivery.Id == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(delivery => delivery.State, DeliveryStates.Pending)
                .SetProperty(delivery => delivery.Tries, 0)
                .SetProperty(delivery => delivery.NextAttemptAt, now)
                .SetProperty(delivery => delivery.ExpiresAt, now + Backoff.GivenUpAfter)
                .SetProperty(delivery => delivery.UpdatedAt, now),
            cancellationToken);
        deliveries.Wake();
        return TypedResults.Ok((await db.Deliveries.AsNoTracking().FirstAsync(delivery => delivery.Id == id, cancellationToken)).ToDelivery());
    }
}
