using System.Runtime.CompilerServices;
using Monitoring.Classification.Training;

namespace Monitoring.Classification.Tests.Training;

/// <summary>The figures of the shipped weights, where the corpus lies beside the repository.</summary>
public sealed class CorpusFiguresTests
{
    [Fact]
    public void The_shipped_weights_keep_their_figures_on_texts_that_three_readers_labelled()
    {
        var file = Path.Combine(Root(), "..", "shared", "data", "corpus", "dev.jsonl");
        Assert.SkipUnless(File.Exists(file), "The corpus is not here.");
        var scores = Evaluation.Of(Built.Model, Corpus.Read(file));
        Assert.InRange(scores.MacroF1, 0.92, 1);
        Assert.All(scores.Domains, domain => Assert.InRange(domain.F1, 0.89, 1));
        Assert.InRange(scores.CalibrationError, 0, 0.05);
        Assert.InRange(scores.Severity.Exact, 0.67, 1);
        Assert.InRange(scores.Severity.WithinOne, 0.95, 1);
    }

    private static string Root([CallerFilePath] string file = "")
    {
        var folder = Path.GetDirectoryName(file)!;
        while (!File.Exists(Path.Combine(folder, "Monitoring.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository's root was not found.");
        return folder;
    }
}
