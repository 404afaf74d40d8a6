using Microsoft.Extensions.Options;
using Monitoring.Classification.Storage;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Classification.Retraining;

/// <summary>
/// Trains by itself once enough time has passed since the last training and there is something new to learn, in one copy of the service;
/// not while an older model is held in force by a person who went back to it.
/// </summary>
internal sealed class RetrainingSchedule(
    Retrainer retrainer, ModelStore store, ExampleQueries examples, BuiltInModel builtIn, IOptions<RetrainingOptions> options, DatabaseReady ready, TimeProvider time,
    ILogger<RetrainingSchedule> logger) : RepeatingWork(ready, time, TimeSpan.FromSeconds(Math.Clamp(options.Value.Every.TotalSeconds / 4, 1, 60)), logger)
{
    private const string By = "schedule";
    private readonly TimeProvider time = time;
    private DateTimeOffset? foundNothingUntil;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Every == TimeSpan.Zero || await examples.TimesAsync(cancellationToken) is not { } corrected || !await IsDueAsync(corrected, cancellationToken)) return;
        if (await retrainer.TrainAsync(By, cancellationToken) is RetrainingOutcome.NothingToLearn) foundNothingUntil = corrected.Last;
    }

    private async Task<bool> IsDueAsync((DateTimeOffset First, DateTimeOffset Last) corrected, CancellationToken cancellationToken) =>
        !(corrected.Last <= foundNothingUntil) && IsDue(
            corrected, await store.LastActivationAsync(cancellationToken), await store.ListAsync(cancellationToken), builtIn.Model.Version, options.Value.Every, time.GetUtcNow());

    /// <summary>Whether it is time to train.</summary>
    /// <param name="corrected">When the first and the last correction was made.</param>
    /// <param name="activation">What was put in force last.</param>
    /// <param name="models">What was trained, newest first.</param>
    /// <param name="foundation">The built-in model. What was learnt upon another one is to be learnt anew upon this one.</param>
    /// <param name="every">How long after the last training, or the first correction, the next follows.</param>
    /// <param name="now">The time.</param>
    internal static bool IsDue(
        (DateTimeOffset First, DateTimeOffset Last) corrected, LastActivation? activation, IEnumerable<TrainedModel> models, string foundation, TimeSpan every, DateTimeOffset now)
    {
        if (activation is { Holds: true }) return false;
        var last = models.FirstOrDefault(model => model.Foundation == foundation);
        return (last is null || corrected.Last > last.LearntUntil) && (last?.CreatedAt ?? corrected.First) + every <= now;
    }
}
