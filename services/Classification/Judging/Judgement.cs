using Monitoring.Classification.Actors;
using Monitoring.Classification.Geography;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Judging;

/// <summary>Says what a report is about, how much it matters, and to whom: from the report and the model alone.</summary>
internal static class Judgement
{
    /// <summary>A bulletin says at its beginning what it is about; the rest is read by nobody in time.</summary>
    public const int CharactersRead = 6_000;

    /// <summary>What is said of a text whose language nobody here reads rests on hints and on what is usual.</summary>
    private const double ConfidenceWithoutReading = 0.5;

    private static readonly Tokens Nothing = Tokens.Of("");

    public static Verdict Judge(Report report, Model model)
    {
        var title = Tokens.Of(report.Title ?? "", CharactersRead);
        var text = Tokens.Of(report.Text ?? "", CharactersRead);
        var language = Languages.Of(title, text, report.Language);
        var where = Whereabouts.Of(report, title, text, language, model.Gazetteer);
        var who = Who.Of(report, title, text, model.Actors);
        var opinion = OpinionOf(report, title, text, language, model);
        opinion.Evidence.AddRange(where.Evidence);
        opinion.Evidence.AddRange(who.Evidence);

        return new Verdict
        {
            Domains = opinion.Domains,
            Probabilities = opinion.Probabilities,
            Severity = opinion.Severity,
            Confidence = opinion.Confidence,
            Countries = where.Countries,
            Places = where.Places,
            Actors = who.Actors,
            Language = language,
            Model = model.Version,
            Evidence = opinion.Evidence,
        };
    }

    private static Opinion OpinionOf(Report report, Tokens title, Tokens text, string? language, Model model)
    {
        if (model.Foreign.Of(language) is { } lexicon) return ForeignJudge.Judge(report, lexicon);
        if (Languages.SupportOf(language) == LanguageSupport.Full) return TrainedJudge.Judge(report, title, text, model.Linear);
        var opinion = TrainedJudge.Judge(report, Nothing, Nothing, model.Linear);
        opinion.Cap(ConfidenceWithoutReading);
        opinion.Evidence.Add(new() { For = "language", Field = "language", Start = 0, Length = 0, Text = $"{language} is not supported: the text was not read", Weight = 0 });
        return opinion;
    }
}
