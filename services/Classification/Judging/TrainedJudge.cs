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
        var level = opinion.DecideSeverity(report, reached, model.Decisions.Thresholds.AsSpan(LinearModel.Domains));
        if (opinion.Domains.Count > 0)
        {
            var column = LinearModel.ColumnOf(level);
            Reasons.Add(opinion.Evidence, Opinion.OfSeverity, features, spans, column, sums[column], model.Decisions.Biases[column], ReasonsOfADomain);
        }
        ArrayPool<float>.Shared.Return(room);
        return opinion;
    }
}
