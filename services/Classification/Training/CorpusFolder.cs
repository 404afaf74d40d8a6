namespace Monitoring.Classification.Training;

/// <summary>Texts to learn from and texts to be judged by what was learnt.</summary>
internal sealed record Split(string Name, IReadOnlyList<LabelledText> Learnt, IReadOnlyList<LabelledText> Judged);

/// <summary>The ways in which a corpus is parted, so that what is judged comes from months and sources that were not learnt from.</summary>
internal sealed class CorpusFolder(string folder)
{
    /// <summary>How the names of three sources begin: a broadcaster, a paper on technology and one on security, which together speak of all domains.</summary>
    public static readonly string[] LeftOutSources = ["BBC", "TechCrunch", "BleepingComputer"];

    private static readonly DateTimeOffset Turn = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Texts to choose by, never to learn from.</summary>
    public IReadOnlyList<LabelledText> Dev { get; } = Corpus.Read(Path.Combine(folder, "dev.jsonl"));

    /// <summary>All labelled texts to learn from; of two with one id the one that was read.</summary>
    public IReadOnlyList<LabelledText> Labelled { get; } =
        [.. Corpus.Read(Path.Combine(folder, "read.jsonl")).Concat(Corpus.Read(Path.Combine(folder, "train.jsonl"))).DistinctBy(text => text.Id)];

    /// <summary>Learnt: what is dated before 2026, or not at all. Judged: what was read of January and February 2026.</summary>
    public Split ByTime() => new(
        "time (judged: January and February 2026)",
        [.. Labelled.Where(text => text.Published is not { } date || date < Turn)],
        [.. Labelled.Where(text => !text.IsWeak && text.Published >= Turn && text.Published < End)]);

    /// <summary>Judged: what was read of three sources. Learnt: all other sources.</summary>
    public Split BySource() => new(
        $"sources (judged: {string.Join(", ", LeftOutSources)})",
        [.. Labelled.Where(text => !IsLeftOut(text))],
        [.. Labelled.Where(text => !text.IsWeak && IsLeftOut(text))]);

    private static bool IsLeftOut(LabelledText text) => LeftOutSources.Any(source => text.Source?.StartsWith(source, StringComparison.Ordinal) == true);
}
