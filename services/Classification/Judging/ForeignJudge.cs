using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Judging;

/// <summary>Judges what texts in a supported foreign language are about by the lexicon of that language.</summary>
internal static class ForeignJudge
{
    private const int ReasonsOfADomain = 8;
    private static readonly Domain[] Domains = Enum.GetValues<Domain>();

    public static Opinion Judge(Report report, ForeignLexicon lexicon)
    {
        var scores = lexicon.Score(report.Title ?? "", report.Text ?? "");
        var opinion = new Opinion();
        foreach (var domain in Domains)
        {
            var name = Wire<Domain>.Name(domain);
            var score = scores.Logit(domain) + opinion.Hinted(report, domain);
            var probability = Math.Clamp(1 / (1 + Math.Exp(-score)), 1 - ForeignScores.ConfidenceAtMost, ForeignScores.ConfidenceAtMost);
            opinion.Decide(domain, probability, score >= 0);
            var rest = scores.Logit(domain) - ForeignScores.Bias;
            foreach (var reason in scores.Evidence(domain, ReasonsOfADomain))
            {
                opinion.Evidence.Add(reason);
                rest -= reason.Weight;
            }
            Reasons.AddWhole(opinion.Evidence, name, "rest", rest);
            Reasons.AddWhole(opinion.Evidence, name, "bias", ForeignScores.Bias);
        }
        var (severity, evidence) = scores.SeverityOf(opinion.Domains);
        opinion.Evidence.AddRange(evidence);
        Span<float> reached = [(float)severity, (float)severity, (float)severity, (float)severity];
        opinion.DecideSeverity(report, reached, ForeignScores.Bounds, opinion.Domains.Count > 0);
        opinion.Cap(ForeignScores.ConfidenceAtMost);
        return opinion;
    }
}
