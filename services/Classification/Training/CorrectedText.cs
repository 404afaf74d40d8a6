using Monitoring.Classification.Judging;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Training;

/// <summary>A labelled text as it is learnt from: those of its features that are particular to it, and the scores of all of them.</summary>
internal sealed class CorrectedText
{
    private const int Room = 8;

    private readonly Feature[] features;
    private readonly IReadOnlyList<Domain> domains;
    private readonly Severity? severity;
    private readonly float[] builtIn = new float[Room];

    /// <param name="text">The text.</param>
    /// <param name="active">The weights in force.</param>
    /// <param name="foundation">The weights that are built in.</param>
    public CorrectedText(LabelledText text, LinearModel active, LinearModel foundation)
    {
        var read = Read(text);
        features = Particular(read);
        Reach = features.Sum(feature => (double)feature.Value * feature.Value);
        foundation.Score(read.Found, builtIn, []);
        active.Score(read.Found, Active, []);
        (domains, severity) = (text.Domains, text.Domains.Count > 0 ? text.Severity : null);
    }

    /// <summary>By column, the scores by the weights in force.</summary>
    public float[] Active { get; } = new float[Room];

    /// <summary>How far the text's own score goes, at a pull of one, with one unit that it is off by.</summary>
    public double Reach { get; }

    /// <summary>Whether the label says anything of a column: nothing of severity where it has none, or no domain.</summary>
    public bool Tells(int column) => column < LinearModel.Domains || severity is not null;

    /// <summary>Whether it has a domain, or is at least as severe as a column says.</summary>
    public bool Has(int column) => column < LinearModel.Domains ? domains.Contains((Domain)column) : (int?)severity > column - LinearModel.Domains;

    /// <summary>The score by the built-in weights and what they were moved by.</summary>
    public double Score(int column, float[] moves)
    {
        double score = builtIn[column];
        foreach (var feature in features) score += feature.Value * moves[feature.Row];
        return score;
    }

    /// <summary>Moves the weights of the text's features in proportion to how strongly it shows them.</summary>
    public void Move(float[] moves, double by)
    {
        foreach (var feature in features) moves[feature.Row] += (float)(by * feature.Value);
    }

    private static TextFeatures Read(LabelledText text)
    {
        var features = TextFeatures.OfThread;
        features.Read(Tokens.Of(text.Title, Judgement.CharactersRead), Tokens.Of(text.Text ?? "", Judgement.CharactersRead));
        return features;
    }

    /// <summary>
    /// Its words and topics. Parts and groups of words are shared by texts of all kinds and languages, and pairs would let each text be
    /// learnt by heart: with either, corrections of one thing measurably change the verdicts on others.
    /// </summary>
    private static Feature[] Particular(TextFeatures features)
    {
        var particular = new List<Feature>();
        foreach (var feature in features.Found)
            if (feature.Kind is FeatureKind.Word or FeatureKind.Topic) particular.Add(feature);
        return [.. particular];
    }
}
