using Monitoring.Classification.Judging;
using Monitoring.Classification.Language;

namespace Monitoring.Classification.Training;

/// <summary>
/// A labelled text as the trainer sees it: domains as bits; -1 for a severity or week that is not known. Weeks, because the texts of
/// one week tell of the same events.
/// </summary>
internal sealed record Example(int[] Rows, float[] Values, int Domains, int Severity, float Weight, bool IsWeak, int Week)
{
    public static Example Of(LabelledText text, TrainingOptions options)
    {
        var features = TextFeatures.OfThread;
        features.Read(Tokens.Of(text.Title, Judgement.CharactersRead), Tokens.Of(text.Text ?? "", Judgement.CharactersRead));
        var found = features.Found;
        var (rows, values) = (new int[found.Length], new float[found.Length]);
        for (var index = 0; index < found.Length; index++) (rows[index], values[index]) = (found[index].Row, found[index].Value);
        return new(
            rows, values,
            text.Domains.Aggregate(0, (bits, domain) => bits | 1 << (int)domain),
            text is { Domains.Count: > 0, Severity: { } severity } ? (int)severity : -1,
            (text.IsWeak ? options.WeakWeight : 1) * (text.IsDoubtful ? options.DoubtfulWeight : 1),
            text.IsWeak,
            text.Published is { } published ? (int)(published - DateTimeOffset.MinValue).TotalDays / 7 : -1);
    }

    /// <summary>Whether the labels say anything of a column.</summary>
    public bool Tells(int column) => column < LinearModel.Domains || Severity >= 0;

    /// <summary>Whether it has a domain, or is at least as severe as a column says.</summary>
    public bool Has(int column) => column < LinearModel.Domains ? (Domains >> column & 1) != 0 : Severity > column - LinearModel.Domains;
}
