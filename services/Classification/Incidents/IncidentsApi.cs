using Microsoft.AspNetCore.Http.HttpResults;
using Monitoring.Classification.Storage;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Classification.Incidents;

/// <summary>Incidents, for whoever has the scope <c>incidents:read</c>.</summary>
internal static class IncidentsApi
{
    /// <summary>
    /// <c>GET /v1/incidents</c> → <c>{ items, next }</c>, newest first; <c>GET /v1/incidents/{id}</c> → the incident with its reports and
    /// evidence; <c>GET /v1/incidents/{id}/history</c> → <c>{ items }</c>, its versions with what each changed, newest first.
    /// </summary>
    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        var incidents = routes.MapGroup("/v1/incidents").RequireScope(Scopes.IncidentsRead);
        incidents.MapGet("", ListAsync);
        incidents.MapGet("/{id:guid}", GetAsync);
        incidents.MapGet("/{id:guid}/history", HistoryAsync);
    }

    private static async Task<Results<Ok<Page<Incident>>, ProblemHttpResult>> ListAsync(
        [AsParameters] IncidentListRequest request, IncidentQueries queries, CancellationToken cancellationToken)
    {
        if (!Paging.TryRead(request.Limit, request.Cursor, out var paging, out var problem)) return problem;
        if (IncidentFilter.Read(request, out var refused) is not { } filter) return Problems.Parameter(refused!.Name, refused.Expected, refused.Found);
        return TypedResults.Ok(await queries.ListAsync(filter, paging, cancellationToken));
    }

    private static async Task<Results<Ok<Incident>, NotFound>> GetAsync(Guid id, IncidentQueries queries, CancellationToken cancellationToken) =>
        await queries.FindAsync(id, cancellationToken) is { } incident ? TypedResults.Ok(incident) : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<IncidentVersion>>, NotFound>> HistoryAsync(Guid id, IncidentQueries queries, CancellationToken cancellationToken) =>
        await queries.HistoryAsync(id, cancellationToken) is { } versions ? TypedResults.Ok(new Page<IncidentVersion>(versions, null)) : TypedResults.NotFound();
}
