using Monitoring.Classification.Judging;
using Monitoring.Classification.Storage;

namespace Monitoring.Classification.Retraining;

/// <summary>The model that is built in: what trained ones are pulled towards, and what judges where none of them can.</summary>
internal sealed record BuiltInModel(Model Model);

/// <summary>A model by its version, or why it cannot be had.</summary>
internal abstract record ModelLookup
{
    public sealed record Found(Model Model) : ModelLookup;

    public sealed record Unknown : ModelLookup;

    /// <summary>It is there, but this version of the service cannot judge by it.</summary>
    public sealed record Unusable(string Reason) : ModelLookup;
}

/// <summary>Loads models.</summary>
internal sealed class ModelLoader(BuiltInModel builtIn, ActiveModel active, ModelStore store)
{
    /// <summary>The version that is to be in force in all copies.</summary>
    public async Task<string> ActiveVersionAsync(CancellationToken cancellationToken) => (await store.LastActivationAsync(cancellationToken))?.Version ?? builtIn.Model.Version;

    /// <summary>The versions of all models, the newest first and the built-in one last.</summary>
    public async Task<IReadOnlyList<string>> VersionsAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(cancellationToken)).Select(model => model.Version), builtIn.Model.Version];

    public async Task<ModelLookup> LoadAsync(string version, CancellationToken cancellationToken)
    {
        if (version == builtIn.Model.Version) return new ModelLookup.Found(builtIn.Model);
        if (active.Current is var current && version == current.Version) return new ModelLookup.Found(current);
        if (await store.WeightsAsync(version, cancellationToken) is not { } kept) return new ModelLookup.Unknown();
        if (kept.Foundation != builtIn.Model.Version)
            return new ModelLookup.Unusable($"Model {version} was trained on {kept.Foundation}; this service brings {builtIn.Model.Version}, whose features may differ. Retrain.");
        try
        {
            using var weights = new MemoryStream(kept.Weights);
            var linear = LinearModel.Load(weights);
            return linear.Version == version ? new ModelLookup.Found(builtIn.Model with { Linear = linear }) : new ModelLookup.Unusable($"The weights of model {version} are those of {linear.Version}.");
        }
        catch (InvalidDataException exception)
        {
            // Whatever is wrong with the weights: reports are to be judged all the same.
            return new ModelLookup.Unusable($"Model {version} cannot be read: {exception.Message}");
        }
    }
}
