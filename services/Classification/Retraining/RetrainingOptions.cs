namespace Monitoring.Classification.Retraining;

/// <summary>When and how corrections are learnt from; the section <c>Retraining</c>.</summary>
internal sealed class RetrainingOptions
{
    /// <summary>How long after the last training the next follows by itself, where there are new corrections; 0: only when asked.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The share of the corrections that is never learnt from, but measured by.</summary>
    public double KeptBack { get; set; } = 0.2;

    /// <summary>Labelled texts that are read, the newest first.</summary>
    public int Examples { get; set; } = 20_000;

    /// <summary>Trained models that are kept, the newest first, beside those that were ever in force lately.</summary>
    public int Models { get; set; } = 10;
}
