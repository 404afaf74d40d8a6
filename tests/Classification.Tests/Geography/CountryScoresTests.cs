using Monitoring.Classification.Training;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Geography;

public sealed class CountryScoresTests
{
    /// <summary>The labelled texts, where this machine has them; the project builds and tests without.</summary>
    private static readonly string Folder = Environment.GetEnvironmentVariable("MONITORING_CORPUS") ?? FindCorpus();

    [Fact]
    public void Who_is_only_mentioned_is_not_given_and_texts_that_nobody_looked_at_do_not_count()
    {
        var scores = CountryScores.Of(
        [
            Judged(["EE", "RU"], new("EE", CountryRole.Affected), new("CH", CountryRole.Mentioned)),
            Judged([], new CountryFinding("FR", CountryRole.Actor)),
            Judged(null, new CountryFinding("FR", CountryRole.Actor)),
        ]);
        Assert.Equal(new CountryScores(Texts: 2, Met: 1, Given: 2, Labelled: 2), scores);
        Assert.Equal((0.5, 0.5, 0.5), (scores.Precision, scores.Recall, scores.F1));
    }

    [Fact]
    public void Countries_of_the_evaluation_set_are_found()
    {
        Assert.SkipUnless(Directory.Exists(Folder), "There is no corpus on this machine.");
        var judged = Evaluation.Judge(Built.Model, Corpus.Read(Path.Combine(Folder, "dev.jsonl")));
        Assert.InRange(CountryScores.Of(judged).F1, 0.93, 1);
    }

    private static JudgedText Judged(string[]? label, params CountryFinding[] countries) =>
        new(new LabelledText { Id = "x", Title = "x", Countries = label }, Built.Judge("x") with { Countries = countries });

    private static string FindCorpus()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data", "corpus") is var corpus && Directory.Exists(corpus)) return corpus;
        return "";
    }
}
