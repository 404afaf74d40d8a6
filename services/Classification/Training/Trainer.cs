using System.Runtime.Intrinsics;
using Monitoring.Classification.Judging;

namespace Monitoring.Classification.Training;

/// <summary>Makes weights of labelled texts; the same texts, options and seed make the same weights.</summary>
internal static class Trainer
{
    /// <summary>Learns from nothing, then calibrates on texts that were each left out once.</summary>
    public static LinearModel Train(IReadOnlyList<LabelledText> texts, TrainingOptions options)
    {
        var examples = Examples(texts, options);
        var learner = new Learner(options);
        learner.Learn(examples);
        var unseen = Unseen(examples, options);

        var decisions = new Decisions { Biases = new float[LinearModel.Columns], Thresholds = new float[LinearModel.Columns] };
        var (slopes, offsets) = (new float[LinearModel.Columns], new float[LinearModel.Columns]);
        for (var column = 0; column < LinearModel.Columns; column++)
        {
            var (slope, offset) = Calibration.Logit(unseen, column);
            (slopes[column], offsets[column]) = (slope, offset);
            decisions.Biases[column] = slope * learner.Biases[column] + offset;
            if (column < LinearModel.Domains) decisions.Thresholds[column] = Calibration.Threshold(unseen, column, slope, offset);
        }
        Calibration.Levels(unseen, slopes, offsets).CopyTo(decisions.Thresholds, LinearModel.Domains);
        return LinearModel.Of(options.Version, learner.Weights(slopes), decisions);
    }

    /// <summary>Of two texts with one id the one that was read counts.</summary>
    private static List<Example> Examples(IReadOnlyList<LabelledText> texts, TrainingOptions options) =>
        [.. texts.Where(text => text.IsLabelled).GroupBy(text => text.Id).Select(group => Example.Of(group.OrderBy(text => text.IsWeak).First(), options))];

    /// <summary>Each text that was read, scored by weights learnt without its week.</summary>
    private static List<UnseenScore> Unseen(List<Example> examples, TrainingOptions options)
    {
        var unseen = new List<UnseenScore>();
        for (var fold = 0; fold < options.Folds; fold++)
        {
            var learner = new Learner(options);
            learner.Learn([.. examples.Where((example, index) => FoldOf(example, index) != fold)]);
            foreach (var (example, index) in examples.Select((example, index) => (example, index)))
            {
                if (example.IsWeak || FoldOf(example, index) != fold) continue;
                var scores = new float[LinearModel.Columns];
                learner.Score(example).CopyTo(scores);
                unseen.Add(new(example, scores));
            }
        }
        return unseen;

        int FoldOf(Example example, int index) => (example.Week < 0 ? index : example.Week) % options.Folds;
    }
}
