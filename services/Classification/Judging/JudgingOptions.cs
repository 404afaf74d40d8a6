namespace Monitoring.Classification.Judging;

/// <summary>Configuration under <c>Judging</c>.</summary>
internal sealed class JudgingOptions
{
    /// <summary>A file of the user's own actors in the form of <c>Actors/actors.tsv</c>, beside which it is read and over which it wins.</summary>
    public string? Actors { get; set; }

    /// <summary>A file of weights that <c>train</c> made, to judge by in place of those that are built in.</summary>
    public string? Weights { get; set; }
}
