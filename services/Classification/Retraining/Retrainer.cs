using Microsoft.Extensions.Options;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Storage;
using Monitoring.Classification.Training;

namespace Monitoring.Classification.Retraining;

/// <summary>
/// Learns from corrections: begins with the weights in force, is pulled towards those that are built in, and puts the new model in force
/// only where it is not worse, neither on the corrections that were kept back nor on the texts that ship with the service, as a whole and in
/// what it finds and leaves alone of each domain, and where nobody put another in force meanwhile.
/// </summary>
internal sealed partial class Retrainer(
    ModelStore store, ExampleQueries examples, ModelLoader models, BuiltInModel builtIn, ModelFollower follower, IOptions<RetrainingOptions> options, TimeProvider time,
    ILogger<Retrainer> logger)
{
    /// <summary>Trains now.</summary>
    /// <param name="by">Who asks for it.</param>
    /// <param name="cancellationToken">Ends it without a trace.</param>
    public async Task<RetrainingOutcome> TrainAsync(string by, CancellationToken cancellationToken)
    {
        await using var turn = await store.TryBeginAsync(cancellationToken);
        if (turn is null) return new RetrainingOutcome.Busy();
        var times = await examples.TimesAsync(cancellationToken);
        var parts = Examples.Part(await examples.ReadAsync(options.Value.Examples, cancellationToken), options.Value.KeptBack);
        if (times is not { } corrected || parts.Learnt.Count == 0) return new RetrainingOutcome.NothingToLearn(parts.KeptBack.Count);

        var since = await store.LastActivationAsync(cancellationToken);
        var activeVersion = since?.Version ?? builtIn.Model.Version;
        var before = await models.LoadAsync(activeVersion, cancellationToken) is ModelLookup.Found found ? found.Model : builtIn.Model;
        var version = $"{builtIn.Model.Version}-r{await turn.NextNumberAsync(cancellationToken)}";
        var (after, figures) = await Task.Run(() => Train(version, before, parts), cancellationToken);

        using var weights = new MemoryStream();
        after.Linear.Save(weights);
        var trained = new TrainedModel(
            version, time.GetUtcNow(), by, before.Version, builtIn.Model.Version, parts.Learnt.Count, parts.KeptBack.Count, corrected.Last, figures);
        await turn.KeepAsync(trained, weights.ToArray(), options.Value.Models, cancellationToken);
        var isInForce = figures.IsNotWorse && await turn.ActivateAsync(version, by, since, cancellationToken);
        await turn.CommitAsync(cancellationToken);
        var fate = isInForce ? "in force" : figures.IsNotWorse ? "not in force, since another was put in force meanwhile" : $"not in force, since it is worse {figures.Worse}";
        LogTrained(version, parts.Learnt.Count, fate, figures);
        await follower.FollowAsync(cancellationToken);
        return new RetrainingOutcome.Trained(trained.ToView(isInForce ? version : activeVersion) with { Fate = fate });
    }

    private (Model After, TrainingFigures Figures) Train(string version, Model before, Examples parts)
    {
        var foundation = builtIn.Model;
        var after = foundation with { Linear = Continuation.Learn(version, before.Linear, foundation.Linear, parts.Learnt) };
        return (after, TrainingFigures.Of(before, foundation, after, parts.KeptBack, OwnTexts.All));
    }

    [LoggerMessage(LogLevel.Information, "Trained model {Version} from {Examples} corrections; it is {Fate}: {Figures}")]
    private partial void LogTrained(string version, int examples, string fate, TrainingFigures figures);
}
