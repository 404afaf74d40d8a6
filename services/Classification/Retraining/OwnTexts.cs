using Monitoring.Classification.Training;

namespace Monitoring.Classification.Retraining;

/// <summary>The labelled texts of the project's own writing that ship with the service: no model may judge them worse than the one before it.</summary>
internal static class OwnTexts
{
    private static readonly Lazy<IReadOnlyList<LabelledText>> Texts = new(() =>
    {
        using var stream = typeof(OwnTexts).Assembly.GetManifestResourceStream("Monitoring.Classification.Training.texts.jsonl")
            ?? throw new InvalidOperationException("texts.jsonl is not built in.");
        return Corpus.Read(stream);
    });

    public static IReadOnlyList<LabelledText> All => Texts.Value;
}
