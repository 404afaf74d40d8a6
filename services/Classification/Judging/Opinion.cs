using Monitoring.Contracts;

namespace Monitoring.Classification.Judging;

/// <summary>What a report is about and how much it matters, with what moved the decisions.</summary>
internal sealed class Opinion
{
    /// <summary>A feed knows its subject well, and is still no proof against a text that plainly speaks of another.</summary>
    public const double HintWeight = 6;

    public const string OfSeverity = "severity";
    private const float SeverityHintPull = 0.9f;
    private const float SeverityHint = 4;

    public List<Domain> Domains { get; } = [];

    public Dictionary<Domain, double> Probabilities { get; } = [];

    public Severity Severity { get; private set; }

    /// <summary>As sure as the least certain of the four decisions.</summary>
    public double Confidence { get; private set; } = 1;

    public List<Evidence> Evidence { get; } = new(40);

    public void Decide(Domain domain, double probability, bool isGiven)
    {
        if (isGiven) Domains.Add(domain);
        Probabilities[domain] = Math.Round(probability, 3);
        Confidence = Math.Min(Confidence, Math.Round(isGiven ? probability : 1 - probability, 3));
    }

    /// <summary>Lets it be no surer than what it rests on.</summary>
    public void Cap(double confidence) => Confidence = Math.Min(Confidence, confidence);

    /// <summary>The weight of the feed's hint that a report is about a domain; 0 without one.</summary>
    public double Hinted(Report report, Domain domain)
    {
        if (report.Hints?.Domains.Contains(domain) != true) return 0;
        Reasons.AddWhole(Evidence, Wire<Domain>.Name(domain), "hints", HintWeight, Wire<Domain>.Name(domain));
        return HintWeight;
    }

    /// <summary>
    /// As severe as the levels above the least whose scores reach their thresholds; what is of no concern does not matter. The feed's word
    /// draws each score nearly all the way to where it says.
    /// </summary>
    /// <returns>The level that the evidence is to be for: the highest that is reached, or the lowest that is not.</returns>
    public Severity DecideSeverity(Report report, Span<float> scores, ReadOnlySpan<float> thresholds, bool isOfConcern)
    {
        if (!isOfConcern) scores.Fill(-SeverityHint);
        Span<float> pulls = stackalloc float[scores.Length];
        Severity = Severity.Info;
        for (var index = 0; index < scores.Length; index++)
        {
            if (report.Hints?.Severity is { } hint)
                pulls[index] = SeverityHintPull * (thresholds[index] + ((int)hint > index ? SeverityHint : -SeverityHint) - scores[index]);
            if (scores[index] + pulls[index] >= thresholds[index]) Severity++;
        }
        var level = Severity == Severity.Info ? Severity.Low : Severity;
        if (!isOfConcern) Reasons.AddWhole(Evidence, OfSeverity, "bias", -SeverityHint);
        if (report.Hints?.Severity is { } told) Reasons.AddWhole(Evidence, OfSeverity, "hints", pulls[(int)level - 1], Wire<Severity>.Name(told));
        return level;
    }
}
