using Monitoring.Classification.Judging;
using Monitoring.Contracts;

namespace Monitoring.Classification.Training;

/// <summary>A labelled text and the verdict on it.</summary>
internal sealed record JudgedText(LabelledText Text, Verdict Verdict)
{
    /// <summary>How far from the label: domains wrongly given or missed, each by how sure the model was.</summary>
    public double Error => Verdict.Probabilities.Sum(pair =>
        Text.Domains.Contains(pair.Key) == Verdict.Domains.Contains(pair.Key) ? 0 : Text.Domains.Contains(pair.Key) ? 1 - pair.Value : pair.Value);
}

/// <summary>Judges labelled texts and counts how often the labels are met.</summary>
internal static class Evaluation
{
    public static Scores Of(Model model, IReadOnlyList<LabelledText> texts) => Scores.Of(Judge(model, texts));

    public static IReadOnlyList<JudgedText> Judge(Model model, IReadOnlyList<LabelledText> texts) =>
        [.. texts.Where(text => text.IsLabelled).Select(text => new JudgedText(text, Judgement.Judge(ReportOf(text), model)))];

    private static Report ReportOf(LabelledText text) => new() { ExternalId = text.Id, Title = text.Title, Text = text.Text, Language = text.Language };
}
