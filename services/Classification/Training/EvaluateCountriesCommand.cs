using System.Globalization;
using Monitoring.Classification.Judging;

namespace Monitoring.Classification.Training;

/// <summary><c>evaluate countries --corpus FOLDER [--errors]</c>: how well countries are found in <c>dev.jsonl</c> and in <c>read.jsonl</c>.</summary>
internal static class EvaluateCountriesCommand
{
    public const string Usage = "usage: evaluate countries --corpus FOLDER [--errors]";
    private const int ErrorsShown = 40;

    public static async Task<int> RunAsync(string[] args)
    {
        if (CommandOptions.Read(args, ["--corpus"], ["--errors"], out var problem) is not { } options || options.Value("--corpus") is not { } folder)
        {
            await Console.Error.WriteLineAsync($"{problem ?? "--corpus is required."}\n{Usage}");
            return 2;
        }
        var model = Model.Load();
        foreach (var file in (string[])["dev.jsonl", "read.jsonl"])
        {
            var judged = Evaluation.Judge(model, Corpus.Read(Path.Combine(folder, file)));
            Write(Console.Out, $"countries, {file}", judged);
            Write(Console.Out, $"countries, {file}, not doubtful", [.. judged.Where(one => !one.Text.IsDoubtful)]);
            if (options.Has("--errors")) WriteErrors(Console.Out, judged);
        }
        return 0;
    }

    /// <summary>One line of figures.</summary>
    public static void Write(TextWriter output, string name, IReadOnlyList<JudgedText> judged)
    {
        var scores = CountryScores.Of(judged);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}, {scores.Texts} texts: P {scores.Precision:0.000}  R {scores.Recall:0.000}  micro-F1 {scores.F1:0.000}  ({scores.Labelled} labelled, {scores.Given} given)"));
    }

    private static void WriteErrors(TextWriter output, IReadOnlyList<JudgedText> judged)
    {
        output.WriteLine("  errors (labelled → given):");
        foreach (var one in judged.Where(one => one.Text.Countries is { } label && !label.ToHashSet().SetEquals(CountryScores.GivenBy(one.Verdict))).Take(ErrorsShown))
            output.WriteLine($"    {string.Join(' ', one.Text.Countries!)} → {string.Join(' ', CountryScores.GivenBy(one.Verdict))}  {one.Text.Title}");
    }
}
