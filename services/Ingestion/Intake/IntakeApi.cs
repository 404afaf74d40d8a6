using Microsoft.AspNetCore.Mvc;
using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Bulk;

namespace Monitoring.Ingestion.Intake;

/// <summary>The door that feeds post through.</summary>
internal static class IntakeApi
{
    public static void AddIntake(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<IntakeOptions>().BindConfiguration(IntakeOptions.Section)
            .Validate(options => options.IsValid, "Intake: give MaxBytes of at least 1024, MaxItems of at least 1, MaxItemBytes from 1024 to 16777216, MaxHeldBytes of at least 1048576, and MaxDuration of at least a second (00:00:01).")
            .ValidateOnStart();
        builder.Services.AddSingleton<QuarantineStore>();
        builder.Services.AddSingleton<IdempotentPosts>();
        builder.Services.AddGroupCommit<IntakeItem, IntakeResult, IntakeWriter>();
        builder.Services.AddSingleton<PostTargets>();
        builder.Services.AddSingleton<PostReader>();
        builder.Services.AddSingleton<ReportPosts>();
    }

    /// <summary>
    /// <c>POST /v1/reports</c>, by a feed's key alone: <c>202</c> with <see cref="PostAnswer"/> once what was accepted is committed; <c>400</c>
    /// when everything was rejected (with the list), <c>401</c>, <c>403</c> feed switched off, <c>408</c>, <c>413</c>, <c>415</c>, <c>422</c>
    /// Idempotency-Key used for another body, <c>429</c> and <c>503</c> with <c>Retry-After</c>.
    /// </summary>
    public static void MapIntake(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/reports", (HttpContext context, [FromServices] ReportPosts posts) => posts.AnswerAsync(context))
            .AllowAnonymous()
            .WithName("PostReports")
            .WithDescription("Takes a report, an array of reports, or a report a line, also compressed by gzip or br. The formats are listed by GET /v1/formats. Authorization: Bearer mfk_… or X-Feed-Key; Idempotency-Key is honoured for a day.")
            .Produces<PostAnswer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status408RequestTimeout)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
