namespace Monitoring.Classification.Training;

/// <summary>How well texts were joined into their stories.</summary>
/// <param name="Precision">B-cubed: of what a text was joined with, the share that is of its story, averaged over the texts.</param>
/// <param name="Recall">B-cubed: of its story, the share that it was joined with.</param>
/// <param name="Paraphrases">The share of paraphrases that were joined with any text of their story.</param>
/// <param name="Lookalikes">The share of lookalikes that were joined with a text of another story.</param>
internal sealed record StoryFigures(double Precision, double Recall, double Paraphrases, double Lookalikes)
{
    public double F1 => 2 * Precision * Recall / (Precision + Recall);

    public static StoryFigures Of<TIncident>(IReadOnlyList<(StoryText Text, TIncident Incident)> joined) where TIncident : notnull
    {
        var byIncident = joined.ToLookup(pair => pair.Incident, pair => pair.Text);
        var byStory = joined.ToLookup(pair => pair.Text.Story, pair => pair.Text);
        double Shared((StoryText Text, TIncident Incident) pair) => byIncident[pair.Incident].Count(text => text.Story == pair.Text.Story);
        return new(
            joined.Average(pair => Shared(pair) / byIncident[pair.Incident].Count()),
            joined.Average(pair => Shared(pair) / byStory[pair.Text.Story].Count()),
            joined.Where(pair => pair.Text.Paraphrase).Select(pair => Shared(pair) > 1 ? 1.0 : 0).DefaultIfEmpty(1).Average(),
            joined.Where(pair => pair.Text.Lookalike).Select(pair => byIncident[pair.Incident].Any(text => text.Story != pair.Text.Story) ? 1.0 : 0).DefaultIfEmpty(0).Average());
    }
}
