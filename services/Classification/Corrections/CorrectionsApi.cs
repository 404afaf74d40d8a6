using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Monitoring.Classification.Storage;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Classification.Corrections;

/// <summary>An analyst's word against the machine's.</summary>
internal static class CorrectionsApi
{
    private const int KeyLength = 255;

    /// <summary>
    /// <c>POST /v1/incidents/{id}/corrections</c> (scope <c>incidents:correct</c>) → <c>{ correction, incidents }</c>: the incidents as they
    /// are at once, and stay until a later correction. <c>409</c> where the body's <c>version</c> is no longer the incident's, <c>412</c>
    /// the same of <c>If-Match</c> (RFC 9110, section 13.1.1), <c>422</c> where an <c>Idempotency-Key</c> was used for another correction.
    /// <c>GET</c> lists them, newest first.
    /// </summary>
    public static void MapCorrections(this IEndpointRouteBuilder routes)
    {
        var corrections = routes.MapGroup("/v1/incidents/{id:guid}/corrections").WithTags("Corrections");
        corrections.MapGet("", ListAsync).RequireScope(Scopes.IncidentsRead);
        corrections.MapPost("", CorrectAsync).RequireScope(Scopes.IncidentsCorrect)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Results<Ok<Page<Correction>>, NotFound, ProblemHttpResult>> ListAsync(
        Guid id, int? limit, string? cursor, CorrectionQueries corrections, CancellationToken cancellationToken)
    {
        if (!Paging.TryRead(limit, cursor, out var paging, out var problem)) return problem;
        return await corrections.ListAsync(id, paging, cancellationToken) is { } page ? TypedResults.Ok(page) : TypedResults.NotFound();
    }

    private static async Task<Results<Ok<CorrectionAnswer>, NotFound, ProblemHttpResult>> CorrectAsync(
        Guid id, CorrectionBody body, [FromHeader(Name = "If-Match")] string? ifMatch, [FromHeader(Name = "Idempotency-Key")] string? key,
        CorrectionWriter corrections, ClaimsPrincipal user, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = body.Check(id);
        if (!TryReadVersion(ifMatch, out var matching)) errors["If-Match"] = [$"expected the version of the incident as \"3\", found '{ifMatch}'"];
        if (key is not null && (key.Length is 0 or > KeyLength || !key.All(letter => letter is >= ' ' and <= '~')))
            errors["Idempotency-Key"] = [$"expected 1 to {KeyLength} printable ASCII characters"];
        if (errors.Count > 0) return Problems.Invalid(errors);

        var by = user.ActorName();
        var correctionId = key is null ? Guid.CreateVersion7(time.GetUtcNow()) : Ids.Named("correction", $"{id:N} {key} {by}");
        var request = new CorrectionRequest(correctionId, id, body.ToChange(), by, body.Reason!.Trim(), matching ?? body.Version);
        return await corrections.CorrectAsync(request, cancellationToken) switch
        {
            CorrectionOutcome.Done done => TypedResults.Ok(done.Answer),
            CorrectionOutcome.Stale stale => TypedResults.Problem(
                $"The incident changed: it is at version {stale.Version}, not {request.Version}.",
                statusCode: matching is null ? StatusCodes.Status409Conflict : StatusCodes.Status412PreconditionFailed),
            CorrectionOutcome.Refused refused => Problems.Conflict(refused.Reason),
            CorrectionOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
            CorrectionOutcome.KeyReused => TypedResults.Problem("The Idempotency-Key was used for another correction.", statusCode: StatusCodes.Status422UnprocessableEntity),
            _ => TypedResults.NotFound(),
        };
    }

    /// <summary>A strong entity tag that is the version; <c>*</c> and no header match any.</summary>
    private static bool TryReadVersion(string? ifMatch, out int? version)
    {
        version = null;
        if (ifMatch is null or "*") return true;
        if (!int.TryParse(ifMatch.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var read)) return false;
        version = read;
        return true;
    }
}
