using Monitoring.Classification.Judging;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Classification.Retraining;

/// <summary>
/// Takes over the model that was last put in force, whichever copy of the service did it, within seconds. What cannot be judged by is said
/// once, and the built-in model judges instead.
/// </summary>
internal sealed partial class ModelFollower(ModelLoader models, BuiltInModel builtIn, ActiveModel active, DatabaseReady ready, TimeProvider time, ILogger<ModelFollower> logger)
    : RepeatingWork(ready, time, TimeSpan.FromSeconds(2), logger)
{
    private readonly ILogger logger = logger;
    private readonly TaskCompletionSource looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? refused;

    /// <summary>Completes once the model in force is known: a copy that starts does not judge by another one first.</summary>
    public Task Known => looked.Task;

    /// <summary>Looks at once.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var version = await models.ActiveVersionAsync(cancellationToken);
        if (version != active.Current.Version && version != refused) Take(version, await models.LoadAsync(version, cancellationToken));
        else if (!looked.Task.IsCompleted) LogTaken(version);
        looked.TrySetResult();
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => FollowAsync(cancellationToken);

    private void Take(string version, ModelLookup lookup)
    {
        if (lookup is ModelLookup.Found { Model: var model })
        {
            // Whoever asks to follow at once may have been faster while it was loaded.
            if (active.Current.Version == version) return;
            active.Activate(model);
            refused = null;
            LogTaken(version);
            return;
        }
        active.Activate(builtIn.Model);
        refused = version;
        LogRefused(version, lookup is ModelLookup.Unusable unusable ? unusable.Reason : "There is no such model.", builtIn.Model.Version);
    }

    [LoggerMessage(LogLevel.Information, "Reports are judged by model {Version} from now on")]
    private partial void LogTaken(string version);

    [LoggerMessage(LogLevel.Error, "Model {Version} is to be in force and cannot be: {Reason} Reports are judged by {BuiltIn}")]
    private partial void LogRefused(string version, string reason, string builtIn);
}
