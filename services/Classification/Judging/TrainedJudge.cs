using System.Buffers;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Judging;

/// <summary>Judges what English texts are about by the trained weights.</summary>
internal static class TrainedJudge
{
    private const int Stride = 8;
    private const int ReasonsOfADomain = 8;
    private const int ReasonsAgainst = 3;

    /// <summary>
    /// A text whose domains are all less likely than this is surely about none, and does not matter. What is likelier keeps its severity, also
    /// where no domain is likely enough to be given.
    /// </summary>
    private const double LeastLikely = 0.1;

    /// <summary>The same for what seems at least medium: the grave must not pass for a trifle because it is in doubt what it is about.</summary>
    private const double LeastLikelyOfGrave = 0.05;

    private static readonly Domain[] Domains = Enum.GetValues<Domain>();

    public static Opinion Judge(Report report, Tokens title, Tokens text, LinearModel model)
    {
        var features = TextFeatures.OfThread;
        features.Read(title, text);
        var room = ArrayPool<float>.Shared.Rent(features.Spans * Stride);
        var spans = room.AsSpan(0, features.Spans * Stride);
        spans.Clear();
        Span<float> sums = stackalloc float[Stride];
        model.Score(features.Found, sums, spans);

        var opinion = new Opinion();
        foreach (var domain in Domains)
        {
            var column = (int)domain;
            var bias = model.Decisions.Biases[column];
            var score = bias + sums[column] + opinion.Hinted(report, domain);
            var isGiven = score >= model.Decisions.Thresholds[column];
            opinion.Decide(domain, 1 / (1 + Math.Exp(-score)), isGiven);
            Reasons.Add(opinion.Evidence, Wire<Domain>.Name(domain), features, spans, column, sums[column], bias, isGiven ? ReasonsOfADomain : ReasonsAgainst);
        }
        Span<float> reached = stackalloc float[LinearModel.Columns - LinearModel.Domains];
        for (var index = 0; index < reached.Length; index++)
            reached[index] = model.Decisions.Biases[LinearModel.Domains + index] + sums[LinearModel.Domains + index];
        var isGrave = reached[(int)Severity.Medium - 1] >= model.Decisions.Thresholds[LinearModel.ColumnOf(Severity.Medium)];
        var leastLikely = isGrave ? LeastLikelyOfGrave : LeastLikely;
        var isOfConcern = opinion.Domains.Count > 0 || title.Count + text.Count > 0 && opinion.Probabilities.Values.Any(probability => probability >= leastLikely);
        var level = opinion.DecideSeverity(report, reached, model.Decisions.Thresholds.AsSpan(LinearModel.Domains), isOfConcern);
        if (isOfConcern)
        {
            var column = LinearModel.ColumnOf(level);
            Reasons.Add(opinion.Evidence, Opinion.OfSeverity, features, spans, column, sums[column], model.Decisions.Biases[column], ReasonsOfADomain);
        }
        ArrayPool<float>.Shared.Return(room);
        return opinion;
    }
}
