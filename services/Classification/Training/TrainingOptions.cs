namespace Monitoring.Classification.Training;

/// <summary>How weights are learnt; the defaults were chosen by the splits over time and sources.</summary>
internal sealed record TrainingOptions
{
    public required string Version { get; init; }
    /// <summary>The order in which texts are seen follows from it, and nothing else is left to chance.</summary>
    public int Seed { get; init; } = 1;
    public int Epochs { get; init; } = 10;
    public float LearningRate { get; init; } = 0.1f;
    /// <summary>How strongly each weight is drawn to zero.</summary>
    public float Pull { get; init; } = 5e-4f;
    /// <summary>What a text counts whose labels nobody read.</summary>
    public float WeakWeight { get; init; } = 0.15f;
    public float DoubtfulWeight { get; init; } = 0.6f;
    /// <summary>Parts of the texts that are judged by weights learnt from the others, for calibration.</summary>
    public int Folds { get; init; } = 4;
}
