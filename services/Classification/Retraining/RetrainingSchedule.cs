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

    private async Task<bool> IsDueAsync((DateTimeOffset First, DateTimeOffset Last) corrected, CancellationToken cancellationToken)
    {
        if (corrected.Last <= foundNothingUntil) return false;
        if (await store.LastActivationAsync(cancellationToken) is { Holds: true }) return false;
        // What was learnt upon another built-in model is to be learnt anew upon this one.
        var last = (await store.ListAsync(cancellationToken)).FirstOrDefault(model => model.Foundation == builtIn.Model.Version);
        return (last is null || corrected.Last > last.LearntUntil) && (last?.CreatedAt ?? corrected.First) + options.Value.Every <= time.GetUtcNow();
    }
}
