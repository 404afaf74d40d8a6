using Monitoring.Classification.Geography;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Judging;

/// <summary>What reports are judged by. Never changes once it is made, so any number of threads may share it.</summary>
internal sealed record Model(string Version, Lexicon Lexicon, Gazetteer Gazetteer)
{
    /// <summary>Reads the data that is built in.</summary>
    public static Model Load() => new("lexicon-1", Lexicon.Load(), Gazetteer.Load());
}

/// <summary>Says what a report is about, how much it matters, and to whom: from the report and the model alone.</summary>
internal static class Judgement
{
    /// <summary>A bulletin says at its beginning what it is about; the rest is read by nobody in time.</summary>
    private const int CharactersRead = 6_000;
    private const double Threshold = 0.5;
    private const int ReasonsOfADomain = 8;
    private const int ReasonsAgainst = 3;

    public static Verdict Judge(Report report, Model model)
    {
        var title = Tokens.Of(report.Title ?? "", CharactersRead);
        var text = Tokens.Of(report.Text ?? "", CharactersRead);

        var scores = new DomainScores(model.Lexicon);
        scores.AddTitle(title);
        scores.AddText(text);
        if (report.Hints is { } hints) scores.AddHints(hints);
        var probabilities = Lexicon.Domains.ToDictionary(domain => domain, domain => Math.Round(scores.Probability(domain), 3));
        Domain[] domains = [.. Lexicon.Domains.Where(domain => probabilities[domain] >= Threshold)];

        var scale = new SeverityScore(model.Lexicon);
        scale.AddTitle(title);
        scale.AddText(text);
        var (severity, severityEvidence) = scale.Decide(domains, report.Hints?.Severity, title, text);
        var where = Whereabouts.Of(report, title, text, model.Gazetteer);

        return new Verdict
        {
            Domains = domains,
            Probabilities = probabilities,
            Severity = severity,
            // As sure as the least certain of the four decisions.
            Confidence = probabilities.Values.Min(probability => Math.Max(probability, Math.Round(1 - probability, 3))),
            Countries = where.Countries,
            Actors = [.. (report.Hints?.Actors ?? []).Distinct().Select(name => new ActorFinding(name, ActorRole.Actor))],
            Language = report.Language ?? LanguageGuess.Of(text.Count > title.Count ? text : title),
            Model = model.Version,
            Evidence =
            [
                .. Lexicon.Domains.SelectMany(domain => scores.Evidence(domain, domains.Contains(domain) ? ReasonsOfADomain : ReasonsAgainst, title, text)),
                .. severityEvidence,
                .. where.Evidence,
            ],
        };
    }
}
