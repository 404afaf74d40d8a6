using Monitoring.Contracts;

namespace Monitoring.Classification.Judging;

/// <summary>
/// What moved a score: the strongest spans, hints, one entry for all other features of the text and one for what the model adds to any
/// text, so that the weights add up to the score.
/// </summary>
internal static class Reasons
{
    private const int Stride = 8;
    private const double LeastWeight = 0.05;

    /// <summary>
    /// Adds the evidence for one column of the model: <paramref name="spans"/> has the weights by span and column, as <see
    /// cref="LinearModel.Score"/> leaves them, and <paramref name="sum"/> is what all features of the text weigh.
    /// </summary>
    public static void Add(List<Evidence> evidence, string name, TextFeatures features, ReadOnlySpan<float> spans, int column, double sum, double bias, int limit)
    {
        Span<int> strongest = stackalloc int[limit];
        var found = Strongest(spans, column, strongest);
        var rest = Math.Round(sum + bias, 2) - Math.Round(bias, 2);
        foreach (var span in strongest[..found])
        {
            var (field, start, length) = features.SpanOf(span);
            var weight = Math.Round(spans[span * Stride + column], 2);
            rest -= weight;
            evidence.Add(new() { For = name, Field = field, Start = start, Length = length, Text = features.TextOf(field, start, length), Weight = weight });
        }
        AddWhole(evidence, name, "rest", rest);
        AddWhole(evidence, name, "bias", bias);
    }

    public static void AddWhole(List<Evidence> evidence, string name, string field, double weight, string text = "")
    {
        if (Math.Round(weight, 2) is var rounded && rounded != 0)
            evidence.Add(new() { For = name, Field = field, Start = 0, Length = 0, Text = text, Weight = rounded });
    }

    /// <summary>The spans of the greatest weights, strongest first; how many there are.</summary>
    private static int Strongest(ReadOnlySpan<float> spans, int column, Span<int> strongest)
    {
        var found = 0;
        for (var place = column; place < spans.Length; place += Stride)
        {
            var weight = Math.Abs(spans[place]);
            if (weight < LeastWeight || found == strongest.Length && weight <= Math.Abs(spans[strongest[^1] * Stride + column])) continue;
            var index = found < strongest.Length ? found++ : found - 1;
            for (; index > 0 && Math.Abs(spans[strongest[index - 1] * Stride + column]) < weight; index--) strongest[index] = strongest[index - 1];
            strongest[index] = place / Stride;
        }
        return found;
    }
}
