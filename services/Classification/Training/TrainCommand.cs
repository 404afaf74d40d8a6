namespace Monitoring.Classification.Training;

/// <summary><c>train --corpus FOLDER --out FILE [--version NAME] [--seed N]</c>: makes weights of <c>read.jsonl</c> and <c>train.jsonl</c>.</summary>
internal static class TrainCommand
{
    public const string Usage = "usage: train --corpus FOLDER --out FILE [--version NAME] [--seed N]";

    public static async Task<int> RunAsync(string[] args)
    {
        var seed = 1;
        if (CommandOptions.Read(args, ["--corpus", "--out", "--version", "--seed"], [], out var problem) is not { } options
            || options.Value("--corpus") is not { } corpus || options.Value("--out") is not { } file
            || (options.Value("--seed") is { } given && !int.TryParse(given, out seed)))
        {
            await Console.Error.WriteLineAsync($"{problem ?? "--corpus and --out are required, and a seed is a whole number."}\n{Usage}");
            return 2;
        }
        var weights = Trainer.Train(new CorpusFolder(corpus).Labelled, new TrainingOptions { Version = options.Value("--version") ?? "own", Seed = seed }).Numbered();
        await using var stream = File.Create(file);
        weights.Save(stream);
        await Console.Out.WriteLineAsync($"{file}: version {weights.Version}, {stream.Length} bytes");
        return 0;
    }
}
