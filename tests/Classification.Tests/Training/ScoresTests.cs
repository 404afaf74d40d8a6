using Monitoring.Classification.Training;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Training;

public sealed class ScoresTests
{
    private static readonly Verdict Nothing = Built.Judge("");

    [Fact]
    public void Precision_and_recall_count_what_was_wrongly_given_and_what_was_missed()
    {
        var scores = Scores.Of([Judged([Domain.Cyber], [Domain.Cyber]), Judged([Domain.Cyber], []), Judged([], [Domain.Cyber]), Judged([Domain.Cyber], [Domain.Cyber])]);
        var cyber = scores.Domains.Single(score => score.Domain == Domain.Cyber);
        Assert.Equal((3, 2 / 3.0, 2 / 3.0, 2 / 3.0), (cyber.Count, cyber.Precision, cyber.Recall, cyber.F1));
        Assert.Equal(0.5, scores.ExactSet);
    }

    [Fact]
    public void Severities_are_compared_where_a_reader_gave_one()
    {
        var scores = Scores.Of([OfSeverity(Severity.High, Severity.High), OfSeverity(Severity.Low, Severity.Medium), OfSeverity(Severity.Low, Severity.Critical), Judged([], [])]);
        Assert.Equal((3, 1 / 3.0, 2 / 3.0), (scores.Severity.Count, scores.Severity.Exact, scores.Severity.WithinOne));
    }

    [Fact]
    public void Kappa_is_one_for_agreement_and_not_above_zero_for_chance()
    {
        Severity[] all = Enum.GetValues<Severity>();
        Assert.Equal(1, Scores.Of([.. all.Select(severity => OfSeverity(severity, severity))]).Severity.Kappa);
        Assert.Equal(0, Scores.Of([.. all.SelectMany(labelled => all.Select(given => OfSeverity(labelled, given)))]).Severity.Kappa, 6);
    }

    [Fact]
    public void Probabilities_that_come_true_as_often_as_they_say_are_calibrated()
    {
        JudgedText Sure(bool isTrue) => Judged(isTrue ? [Domain.Cyber] : [], [], 0.75);
        Assert.Equal(0, Scores.Of([Sure(true), Sure(true), Sure(true), Sure(false)]).CalibrationError, 6);
        Assert.Equal(0.75 / 4, Scores.Of([Sure(false), Sure(false)]).CalibrationError, 6);
    }

    private static JudgedText OfSeverity(Severity labelled, Severity given)
    {
        var judged = Judged([Domain.Cyber], [Domain.Cyber]);
        return new(judged.Text with { Severity = labelled }, judged.Verdict with { Severity = given });
    }

    private static JudgedText Judged(Domain[] labelled, Domain[] given, double cyber = 0) => new(
        new LabelledText { Id = "a", Title = "", Domains = labelled },
        Nothing with { Domains = given, Probabilities = Enum.GetValues<Domain>().ToDictionary(domain => domain, domain => domain == Domain.Cyber ? cyber : 0) });
}
