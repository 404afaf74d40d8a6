using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Monitoring.Classification.Storage;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Classification.Retraining;

/// <summary>The models, and which of them judges.</summary>
internal static class ModelsApi
{
    /// <summary>
    /// <c>GET /v1/models</c> → <c>{ items, next }</c>, newest first, the built-in one last; <c>GET /v1/models/{version}</c> with its
    /// activations; <c>GET /v1/models/{version}/compare/{other}</c>: figures of both on the corrections that are kept back and on the own
    /// texts, and on how many of them they differ, one pair at a time (<c>409</c> meanwhile); <c>POST /v1/models/retrain</c> → what came of it; <c>POST /v1/models/{version}/activate</c>
    /// puts a model in force in all copies of the service within seconds. Any but the newest of those that are not worse is held there
    /// (<c>activations[0].holds</c>): nothing is trained by schedule until a person activates that one or retrains. Who reads needs <c>incidents:read</c>, who
    /// changes <c>configuration:manage</c>.
    /// </summary>
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        var models = routes.MapGroup("/v1/models").WithTags("Models");
        models.MapGet("", ListAsync).RequireScope(Scopes.IncidentsRead);
        models.MapGet("/{version}", FindAsync).RequireScope(Scopes.IncidentsRead).ProducesProblem(StatusCodes.Status404NotFound);
        models.MapGet("/{version}/compare/{other}", CompareAsync).RequireScope(Scopes.IncidentsRead).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        models.MapPost("/retrain", RetrainAsync).RequireScope(Scopes.ConfigurationManage).ProducesProblem(StatusCodes.Status409Conflict);
        models.MapPost("/{version}/activate", ActivateAsync).RequireScope(Scopes.ConfigurationManage).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<Page<ModelView>>> ListAsync(ModelStore store, ModelLoader models, BuiltInModel builtIn, CancellationToken cancellationToken)
    {
        var active = await models.ActiveVersionAsync(cancellationToken);
        var trained = await store.ListAsync(cancellationToken);
        return TypedResults.Ok(new Page<ModelView>([.. trained.Select(model => model.ToView(active)), BuiltIn(builtIn, active)], null));
    }

    private static async Task<Results<Ok<ModelView>, ProblemHttpResult>> FindAsync(
        string version, ModelStore store, ModelLoader models, BuiltInModel builtIn, CancellationToken cancellationToken)
    {
        var active = await models.ActiveVersionAsync(cancellationToken);
        var view = version == builtIn.Model.Version ? BuiltIn(builtIn, active)
            : (await store.ListAsync(cancellationToken)).FirstOrDefault(model => model.Version == version)?.ToView(active);
        return view is null ? None(version) : TypedResults.Ok(view with { Activations = await store.ActivationsAsync(version, cancellationToken) });
    }

    private static async Task<Results<Ok<Comparison>, ProblemHttpResult>> CompareAsync(
        string version, string other, Comparing comparing, CancellationToken cancellationToken) =>
        await comparing.CompareAsync(version, other, cancellationToken) switch
        {
            ComparisonOutcome.Done done => TypedResults.Ok(done.Comparison),
            ComparisonOutcome.Refused refused => Problems.Conflict(refused.Reason),
            ComparisonOutcome.Missing missing => None(missing.Version),
            var outcome => throw new InvalidOperationException($"{outcome} is no outcome of a comparison."),
        };

    private static async Task<Results<Ok<ModelView>, ProblemHttpResult>> RetrainAsync(Retrainer retrainer, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await retrainer.TrainAsync(user.ActorName(), cancellationToken) switch
        {
            RetrainingOutcome.Trained trained => TypedResults.Ok(trained.Model),
            RetrainingOutcome.NothingToLearn nothing => Problems.Conflict(nothing.Reason),
            _ => Problems.Conflict(RetrainingOutcome.Busy.Reason),
        };

    private static async Task<Results<Ok<ModelView>, ProblemHttpResult>> ActivateAsync(
        string version, ModelStore store, ModelLoader models, BuiltInModel builtIn, ModelFollower follower, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        switch (await models.LoadAsync(version, cancellationToken))
        {
            case ModelLookup.Unknown:
                return None(version);
            case ModelLookup.Unusable unusable:
                return Problems.Conflict(unusable.Reason);
            default:
                await store.ActivateAsync(version, user.ActorName(), cancellationToken);
                await follower.FollowAsync(cancellationToken);
                return await FindAsync(version, store, models, builtIn, cancellationToken);
        }
    }

    private static ProblemHttpResult None(string version) => Problems.NotFound($"There is no model {version}. GET /v1/models lists those that there are.");

    private static ModelView BuiltIn(BuiltInModel builtIn, string active) =>
        new() { Version = builtIn.Model.Version, BuiltIn = true, Active = active == builtIn.Model.Version };
}
