using Monitoring.Classification.Stories;

namespace Monitoring.Classification.Training;

/// <summary><c>learn-frequencies --corpus FOLDER --out FILE</c>: how rare words are in the headlines of a corpus, for joining stories.</summary>
internal static class LearnFrequenciesCommand
{
    public const string Usage = "usage: learn-frequencies --corpus FOLDER --out FILE";

    public static async Task<int> RunAsync(string[] args)
    {
        if (CommandOptions.Read(args, ["--corpus", "--out"], [], out var problem) is not { } options || options.Value("--corpus") is not { } folder || options.Value("--out") is not { } path)
        {
            await Console.Error.WriteLineAsync($"{problem ?? "--corpus and --out are required."}\n{Usage}");
            return 2;
        }
        var titles = new[] { "unlabelled.jsonl", "train.jsonl" }.SelectMany(name => Corpus.Read(Path.Combine(folder, name))).Select(text => text.Title).ToList();
        await File.WriteAllBytesAsync(path, WordWeights.Learn(titles));
        Console.WriteLine($"{titles.Count} titles");
        return 0;
    }
}
