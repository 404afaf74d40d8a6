using Monitoring.Classification.Judging;

namespace Monitoring.Classification.Training;

/// <summary>
/// Learns from corrections as the maximum a posteriori estimate does whose prior is the built-in model: the weights that explain the
/// corrections best, each drawn back to what is built in. A few corrections move little, many
/// that agree move much, and what is no longer said is forgotten, since all corrections are learnt together each time. Biases and
/// thresholds stay.
/// </summary>
/// <remarks>
/// For convex losses l(w·x) and a pull λ the minimum of Σ l(w·x) + ½ λ|w − w₀|² is at w = w₀ + Σ αx/λ, where α, the negative slope of l, is
/// what the score of x is still off by. The αs are found one after the other until they hold still (dual coordinate descent); they begin
/// with what the weights in force leave to be learnt. There is one minimum, whatever they begin with.
/// </remarks>
internal static class Continuation
{
    /// <summary>
    /// λ, chosen so that a correction moves the score of its own text by about one (its words and topics are about 2 long, squared), and
    /// that of one that shares a word with it by a tenth.
    /// </summary>
    private const double Pull = 1;
    private const int PassesAtMost = 100;
    private const double HoldsStill = 1e-3;
    private const int Halvings = 30;

    /// <param name="version">The new weights' name.</param>
    /// <param name="active">The weights in force, to begin with.</param>
    /// <param name="builtIn">The weights that all are drawn to.</param>
    /// <param name="corrections">All of them.</param>
    public static LinearModel Learn(string version, LinearModel active, LinearModel builtIn, IReadOnlyList<LabelledText> corrections)
    {
        var texts = corrections.Select(text => new CorrectedText(text, active, builtIn)).ToList();
        var weights = builtIn.Weights();
        var moves = new float[TextFeatures.Rows];
        for (var column = 0; column < LinearModel.Columns; column++)
        {
            Array.Clear(moves);
            Learn(column, [.. texts.Where(text => text.Tells(column))], builtIn.Decisions, moves);
            for (var row = 0; row < moves.Length; row++) weights[row * LinearModel.Columns + column] += moves[row];
        }
        return LinearModel.Of(version, weights, builtIn.Decisions);
    }

    private static void Learn(int column, IReadOnlyList<CorrectedText> texts, Decisions decisions, float[] moves)
    {
        var off = texts.Select(text => Slope(column, text, decisions, text.Active[column])).ToArray();
        for (var index = 0; index < off.Length; index++) texts[index].Move(moves, off[index] / Pull);
        for (var (pass, moved) = (0, 1.0); pass < PassesAtMost && moved > HoldsStill; pass++)
        {
            moved = 0;
            for (var index = 0; index < off.Length; index++)
            {
                var step = Settle(column, texts[index], decisions, texts[index].Score(column, moves), off[index]) - off[index];
                off[index] += step;
                texts[index].Move(moves, step / Pull);
                moved = Math.Max(moved, Math.Abs(step));
            }
        }
    }

    /// <summary>The α that its own effect on the score leaves as it is: the slope falls as the score rises, so there is one, and halving finds it.</summary>
    private static double Settle(int column, CorrectedText text, Decisions decisions, double score, double off)
    {
        var (low, high) = (-1.0, 1.0);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (low + high) / 2;
            if (Slope(column, text, decisions, score + (middle - off) * text.Reach / Pull) > middle) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>The label less its probability.</summary>
    private static double Slope(int column, CorrectedText text, Decisions decisions, double score) =>
        (text.Has(column) ? 1 : 0) - Logistic(score + decisions.Biases[column]);

    private static double Logistic(double score) => 1 / (1 + Math.Exp(-score));
}
