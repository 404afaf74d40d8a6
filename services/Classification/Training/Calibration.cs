using Monitoring.Classification.Judging;

namespace Monitoring.Classification.Training;

/// <summary>A text's scores by weights that were learnt without it.</summary>
internal readonly record struct UnseenScore(Example Example, float[] Scores);

/// <summary>Fits what turns scores into probabilities and decisions, from scores of texts that the weights had not seen.</summary>
internal static class Calibration
{
    private const int StepsAtMost = 100;
    private const int HalvingsAtMost = 30;
    private const double HoldsStill = 1e-9;
    /// <summary>A higher score never makes what it stands for less likely, whatever a few texts say.</summary>
    private const double LeastSlope = 0.05;

    /// <summary>
    /// Slope and offset of a column's logit, by Newton's method with steps that are halved until they help. The targets are a little short
    /// of 0 and 1, the less the more texts there are (Platt), so that texts which a score parts neatly do not make the slope endless.
    /// </summary>
    public static (float Slope, float Offset) Logit(IReadOnlyList<UnseenScore> all, int column)
    {
        List<UnseenScore> unseen = [.. all.Where(one => one.Example.Tells(column))];
        var positive = unseen.Where(one => one.Example.Has(column)).Sum(one => (double)one.Example.Weight);
        var negative = unseen.Sum(one => (double)one.Example.Weight) - positive;
        var (ofPositive, ofNegative) = ((positive + 1) / (positive + 2), 1 / (negative + 2));
        List<(double Score, double Target, double Weight)> points =
            [.. unseen.Select(one => ((double)one.Scores[column], one.Example.Has(column) ? ofPositive : ofNegative, (double)one.Example.Weight))];

        var (slope, offset) = Fit(points, 0, isSlopeFree: true);
        if (slope < LeastSlope) (slope, offset) = Fit(points, LeastSlope, isSlopeFree: false);
        return ((float)slope, (float)offset);
    }

    private static (double Slope, double Offset) Fit(List<(double Score, double Target, double Weight)> points, double slope, bool isSlopeFree)
    {
        var offset = 0.0;
        var loss = LossOf(points, slope, offset);
        for (var step = 0; step < StepsAtMost; step++)
        {
            var (byOffset, bySlope) = NewtonStep(points, slope, offset, isSlopeFree);
            var (share, halvings, before) = (1.0, 0, loss);
            while ((loss = LossOf(points, slope - share * bySlope, offset - share * byOffset)) > before && halvings++ < HalvingsAtMost) share /= 2;
            if (loss > before) break;
            (slope, offset) = (slope - share * bySlope, offset - share * byOffset);
            if (before - loss <= HoldsStill * before) break;
        }
        return (slope, offset);
    }

    private static (double Offset, double Slope) NewtonStep(List<(double Score, double Target, double Weight)> points, double slope, double offset, bool isSlopeFree)
    {
        var (g0, g1, h00, h01, h11) = (0.0, 0.0, 1e-6, 0.0, 1e-6);
        foreach (var (score, target, weight) in points)
        {
            var probability = 1 / (1 + Math.Exp(-(slope * score + offset)));
            var (error, curve) = ((probability - target) * weight, probability * (1 - probability) * weight);
            g0 += error;
            g1 += error * score;
            h00 += curve;
            h01 += curve * score;
            h11 += curve * score * score;
        }
        if (!isSlopeFree) return (g0 / h00, 0);
        var determinant = h00 * h11 - h01 * h01;
        return ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant);
    }

    /// <summary>What the targets cost by the probabilities (cross-entropy), in a form that does not overflow.</summary>
    private static double LossOf(List<(double Score, double Target, double Weight)> points, double slope, double offset)
    {
        var loss = 0.0;
        foreach (var (score, target, weight) in points)
        {
            var logit = slope * score + offset;
            loss += weight * (Math.Max(logit, 0) - logit * target + Math.Log(1 + Math.Exp(-Math.Abs(logit))));
        }
        return loss;
    }

    /// <summary>
    /// The calibrated logit from which on giving the domain makes the best F1 that the probabilities let expect: that of half this F1. Unlike
    /// the bound at which the labels count the best F1, it does not hang on a few texts near it.
    /// </summary>
    public static float Threshold(IReadOnlyList<UnseenScore> unseen, int domain, float slope, float offset)
    {
        List<double> likeliest = [.. unseen.Select(one => 1 / (1 + Math.Exp(-(slope * one.Scores[domain] + offset)))).OrderDescending()];
        var (best, right, all) = (0.0, 0.0, likeliest.Sum());
        for (var given = 1; given <= likeliest.Count; given++)
        {
            right += likeliest[given - 1];
            best = Math.Max(best, 2 * right / (given + all));
        }
        return (float)Math.Max(Math.Log(best / (2 - best)), -1);
    }

    /// <summary>
    /// The calibrated logits from which on a level of severity counts as reached, by trying each in turn: so that the most texts are exact and
    /// the others are not far off.
    /// </summary>
    public static float[] Levels(IReadOnlyList<UnseenScore> unseen, ReadOnlySpan<float> slopes, ReadOnlySpan<float> offsets)
    {
        var texts = new List<(float[] Scores, int Severity)>();
        foreach (var (example, scores) in unseen)
        {
            if (example.Severity < 0) continue;
            var calibrated = new float[LinearModel.Columns - LinearModel.Domains];
            for (var level = 0; level < calibrated.Length; level++)
                calibrated[level] = slopes[LinearModel.Domains + level] * scores[LinearModel.Domains + level] + offsets[LinearModel.Domains + level];
            texts.Add((calibrated, example.Severity));
        }
        var thresholds = new float[LinearModel.Columns - LinearModel.Domains];
        for (var round = 0; round < 2; round++)
        {
            for (var level = 0; level < thresholds.Length; level++)
            {
                var (best, least) = (thresholds[level], double.MaxValue);
                for (var at = -15; at <= 15; at++)
                {
                    thresholds[level] = at / 10f;
                    if (Loss(texts, thresholds) is var loss && loss < least) (best, least) = (thresholds[level], loss);
                }
                thresholds[level] = best;
            }
        }
        return thresholds;
    }

    private static double Loss(List<(float[] Scores, int Severity)> texts, float[] thresholds)
    {
        var loss = 0.0;
        foreach (var (scores, severity) in texts)
        {
            var given = 0;
            for (var level = 0; level < thresholds.Length; level++) if (scores[level] >= thresholds[level]) given++;
            var distance = Math.Abs(given - severity);
            loss += distance == 0 ? 0 : 0.5 + 0.5 * distance * distance;
        }
        return loss;
    }
}
