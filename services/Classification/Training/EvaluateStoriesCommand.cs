using System.Globalization;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Stories;

namespace Monitoring.Classification.Training;

/// <summary>
/// <c>evaluate stories --corpus FILE [--features FILE]</c>: joins labelled texts in the order of their times, as the service would, and
/// prints how well; with the features of each pair of text and story, for whoever fits the weights.
/// </summary>
internal static class EvaluateStoriesCommand
{
    public const string Usage = "usage: evaluate stories --corpus FILE [--features FILE]";

    public static async Task<int> RunAsync(string[] args)
    {
        if (CommandOptions.Read(args, ["--corpus", "--features"], [], out var problem) is not { } options || options.Value("--corpus") is not { } corpus)
        {
            await Console.Error.WriteLineAsync($"{problem ?? "--corpus is required."}\n{Usage}");
            return 2;
        }
        var model = Model.Load();
        var texts = StoryText.Read(corpus);
        var reports = texts.Select(text => text.ToJoining(model)).ToList();
        var joined = Joining.Join(reports, KnownStories.None, new StoryOptions().Window);
        var heirs = Merging.Heirs(
            joined.Incidents.Values.Distinct().Select(id => new Mergeable(id, Contracts.IncidentState.Open, DateTimeOffset.UnixEpoch, Pinned: false)), [.. joined.Links.Select(link => (link.One, link.Other))]);
        var pairs = texts.Zip(reports, (text, report) => (text, joined.Incidents[report.Id])).Select(pair => (pair.text, heirs.GetValueOrDefault(pair.Item2, pair.Item2))).ToList();
        var figures = StoryFigures.Of(pairs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{texts.Count} texts, {texts.DistinctBy(text => text.Story).Count()} stories, {pairs.DistinctBy(pair => pair.Item2).Count()} incidents\n"
            + $"B-cubed precision {figures.Precision:0.000}, recall {figures.Recall:0.000}, F1 {figures.F1:0.000}\n"
            + $"paraphrases joined {figures.Paraphrases:0.000}, lookalikes joined {figures.Lookalikes:0.000}"));
        if (options.Value("--features") is { } path) await WriteFeaturesAsync(path, texts, reports);
        return 0;
    }

    /// <summary>A line for each text and each story told before that shares a key with it, joined as they are labelled.</summary>
    private static async Task WriteFeaturesAsync(string path, IReadOnlyList<StoryText> texts, List<JoiningReport> reports)
    {
        await using var writer = new StreamWriter(path);
        await writer.WriteLineAsync("text\tstory\tof\t" + string.Join('\t', Sameness.Features));
        var features = new double[Sameness.Features.Length];
        var window = new StoryOptions().Window.TotalSeconds;
        for (var index = 0; index < texts.Count; index++)
        {
            foreach (var story in Enumerable.Range(0, index).Where(other => reports[index].Signature.ToldAt - reports[other].Signature.ToldAt <= window).GroupBy(other => texts[other].Story))
            {
                var told = story.Select(other => reports[other].Signature).TakeLast(Sameness.ReportsAtMost).ToList();
                Sameness.Measure(reports[index].Signature, told, features);
                if (features[1] == 0 || Sameness.AreApart(reports[index].Signature, told)) continue;
                await writer.WriteLineAsync($"{texts[index].Id}\t{texts[index].Story}\t{story.Key}\t" + string.Join('\t', features.Select(feature => feature.ToString("0.####", CultureInfo.InvariantCulture))));
            }
        }
    }
}
