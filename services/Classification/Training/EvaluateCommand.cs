using Monitoring.Classification.Judging;

namespace Monitoring.Classification.Training;

/// <summary>
/// <c>evaluate --corpus FOLDER [--weights FILE] [--quick] [--errors]</c>: judges <c>dev.jsonl</c> by the built-in weights or a file of them, and unless it is to be quick what
/// weights learnt without certain months and without certain sources make of those.
/// </summary>
internal static class EvaluateCommand
{
    public const string Usage = "usage: evaluate --corpus FOLDER [--weights FILE] [--quick] [--errors], evaluate countries …, evaluate stories …";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["countries", .. var ofCountries]) return await EvaluateCountriesCommand.RunAsync(ofCountries);
        if (args is ["stories", .. var ofStories]) return await EvaluateStoriesCommand.RunAsync(ofStories);
        if (CommandOptions.Read(args, ["--corpus", "--weights"], ["--quick", "--errors"], out var problem) is not { } options || options.Value("--corpus") is not { } folder)
        {
            await Console.Error.WriteLineAsync($"{problem ?? "--corpus is required."}\n{Usage}");
            return 2;
        }
        var corpus = new CorpusFolder(folder);
        var model = Model.Load(weights: options.Value("--weights"));
        var dev = Evaluation.Judge(model, corpus.Dev);
        Figures.Write(Console.Out, $"dev, weights {model.Version}", dev, options.Has("--errors"));
        EvaluateCountriesCommand.Write(Console.Out, "dev, countries", dev);
        if (options.Has("--quick")) return 0;
        foreach (var split in (Split[])[corpus.ByTime(), corpus.BySource()])
        {
            var learnt = model with { Linear = Trainer.Train(split.Learnt, new TrainingOptions { Version = split.Name }) };
            Figures.Write(Console.Out, split.Name, Evaluation.Judge(learnt, split.Judged), options.Has("--errors"));
            Figures.Write(Console.Out, $"dev, weights of {split.Name}", Evaluation.Judge(learnt, corpus.Dev), worstErrors: false);
        }
        return 0;
    }
}
