using Monitoring.Contracts;

namespace Monitoring.Classification.Training;

/// <summary>How well one domain is given and how far its probabilities are off, and how many texts have it by their labels.</summary>
internal sealed record DomainScore(Domain Domain, int Count, double Precision, double Recall, double F1, double CalibrationError);

/// <summary>
/// How well severities agree, over texts with a labelled one; a text that is given no domain has the severity <c>info</c>. Kappa is
/// Cohen's with quadratic weights.
/// </summary>
internal sealed record SeverityScores(int Count, double Exact, double WithinOne, double Kappa);

/// <summary>
/// Figures of verdicts on labelled texts: the mean of the domains' F1, the share of texts whose set of domains is the label's, and the
/// expected calibration error of all probabilities, in ten bins.
/// </summary>
internal sealed record Scores(int Count, IReadOnlyList<DomainScore> Domains, double MacroF1, double ExactSet, SeverityScores Severity, double CalibrationError)
{
    private const int Levels = 5;
    private const int Bins = 10;

    public static Scores Of(IReadOnlyList<JudgedText> judged)
    {
        DomainScore[] domains = [.. Enum.GetValues<Domain>().Select(domain => ScoreOf(domain, judged))];
        return new(
            judged.Count, domains, domains.Average(domain => domain.F1),
            Share(judged, one => one.Text.Domains.SequenceEqual(one.Verdict.Domains)), SeverityOf(judged), CalibrationErrorOf(judged, Enum.GetValues<Domain>()));
    }

    private static DomainScore ScoreOf(Domain domain, IReadOnlyList<JudgedText> judged)
    {
        var (right, given, all) = (0, 0, 0);
        foreach (var (text, verdict) in judged)
        {
            var (isGiven, isLabelled) = (verdict.Domains.Contains(domain), text.Domains.Contains(domain));
            if (isGiven) given++;
            if (isLabelled) all++;
            if (isGiven && isLabelled) right++;
        }
        return new(domain, all, Ratio(right, given), Ratio(right, all), Ratio(2 * right, given + all), CalibrationErrorOf(judged, domain));
    }

    private static SeverityScores SeverityOf(IReadOnlyList<JudgedText> judged)
    {
        List<(int Labelled, int Given)> pairs = [.. judged.Where(one => one.Text is { Severity: not null, Domains.Count: > 0 }).Select(one => ((int)one.Text.Severity!, (int)one.Verdict.Severity))];
        if (pairs.Count == 0) return new(0, 0, 0, 0);
        var (labelled, given) = (new double[Levels], new double[Levels]);
        foreach (var pair in pairs)
        {
            labelled[pair.Labelled]++;
            given[pair.Given]++;
        }
        var (observed, expected) = (pairs.Sum(pair => Math.Pow(pair.Labelled - pair.Given, 2)), 0.0);
        for (var first = 0; first < Levels; first++)
            for (var second = 0; second < Levels; second++) expected += labelled[first] * given[second] / pairs.Count * Math.Pow(first - second, 2);
        return new(pairs.Count, Share(pairs, pair => pair.Labelled == pair.Given), Share(pairs, pair => Math.Abs(pair.Labelled - pair.Given) <= 1), expected == 0 ? 1 : 1 - observed / expected);
    }

    private static double CalibrationErrorOf(IReadOnlyList<JudgedText> judged, params ReadOnlySpan<Domain> domains)
    {
        var (counts, hits, sums) = (new int[Bins], new int[Bins], new double[Bins]);
        foreach (var (text, verdict) in judged)
        {
            foreach (var domain in domains)
            {
                var probability = verdict.Probabilities[domain];
                var bin = Math.Min(Bins - 1, (int)(probability * Bins));
                counts[bin]++;
                sums[bin] += probability;
                if (text.Domains.Contains(domain)) hits[bin]++;
            }
        }
        return Enumerable.Range(0, Bins).Sum(bin => Math.Abs(hits[bin] - sums[bin])) / Math.Max(1, counts.Sum());
    }

    private static double Share<T>(IReadOnlyList<T> all, Func<T, bool> holds) => Ratio(all.Count(holds), all.Count);

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
