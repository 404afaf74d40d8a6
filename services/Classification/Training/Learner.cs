using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Monitoring.Classification.Judging;
using Monitoring.Contracts;

namespace Monitoring.Classification.Training;

/// <summary>
/// Logistic regression for each column, learnt together by AdaGrad: each weight has its own rate, so that rare words learn as fast as common
/// ones. Weights are drawn to zero.
/// </summary>
internal sealed class Learner
{
    private const int Stride = 8;
    private const float PriorOfDeaths = 3;
    private const float ShareOfLevels = 0.5f;

    private readonly float[] weights = new float[TextFeatures.Rows * Stride];
    private readonly float[] squares = new float[TextFeatures.Rows * Stride];
    private readonly float[] biases = [-1.5f, -1.5f, -1.5f, -1.5f, 3, 0, -2, -5];
    private readonly TrainingOptions options;

    public Learner(TrainingOptions options)
    {
        this.options = options;
        // What the labels mean by high and critical is known beforehand: deaths, and about fifty of them.
        weights[TextFeatures.HarmRow(Harm.Death, 1) * Stride + LinearModel.ColumnOf(Severity.High)] = PriorOfDeaths;
        weights[TextFeatures.HarmRow(Harm.Death, 50) * Stride + LinearModel.ColumnOf(Severity.Critical)] = PriorOfDeaths;
    }

    public ReadOnlySpan<float> Biases => biases;

    /// <summary>Learns from all examples, in an order that follows from the seed.</summary>
    public void Learn(IReadOnlyList<Example> examples)
    {
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new Random(options.Seed);
        var mean = new float[weights.Length];
        var kept = 0;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var index in order) Learn(examples[index]);
            // The mean of several ends is steadier than the last.
            if (epoch < options.Epochs / 3) continue;
            kept++;
            for (var index = 0; index < mean.Length; index++) mean[index] += (weights[index] - mean[index]) / kept;
        }
        if (kept > 0) mean.CopyTo(weights, 0);
    }

    /// <summary>The scores by column.</summary>
    public Vector256<float> Score(Example example)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(weights);
        var sum = Vector256.Create<float>(biases);
        for (var index = 0; index < example.Rows.Length; index++)
            sum += Vector256.LoadUnsafe(ref first, (nuint)(example.Rows[index] * Stride)) * example.Values[index];
        return sum;
    }

    /// <summary>The weights by row and column, each column stretched by a factor.</summary>
    public float[] Weights(ReadOnlySpan<float> factors)
    {
        var packed = new float[TextFeatures.Rows * LinearModel.Columns];
        for (var index = 0; index < packed.Length; index++)
        {
            var (row, column) = Math.DivRem(index, LinearModel.Columns);
            packed[index] = weights[row * Stride + column] * factors[column];
        }
        return packed;
    }

    private void Learn(Example example)
    {
        var scores = Score(example);
        Span<float> errors = stackalloc float[Stride];
        errors.Clear();
        for (var column = 0; column < LinearModel.Columns; column++)
        {
            if (!example.Tells(column)) continue;
            errors[column] = (Logistic(scores[column]) - (example.Has(column) ? 1 : 0)) * example.Weight;
            biases[column] -= 0.02f * errors[column];
        }
        Share(errors[LinearModel.Domains..]);
        Move(example, Vector256.Create<float>(errors));
    }

    /// <summary>What tells one level of severity from the next tells something of the others too.</summary>
    private static void Share(Span<float> errors)
    {
        var shared = 0f;
        foreach (var error in errors) shared += ShareOfLevels * error;
        foreach (ref var error in errors) error += shared;
    }

    private void Move(Example example, Vector256<float> errors)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(weights);
        ref var firstSquare = ref MemoryMarshal.GetArrayDataReference(squares);
        for (var index = 0; index < example.Rows.Length; index++)
        {
            var place = (nuint)(example.Rows[index] * Stride);
            var row = Vector256.LoadUnsafe(ref first, place);
            var gradient = errors * example.Values[index] + row * options.Pull;
            var square = Vector256.LoadUnsafe(ref firstSquare, place) + gradient * gradient;
            square.StoreUnsafe(ref firstSquare, place);
            (row - gradient * options.LearningRate / Vector256.Sqrt(square + Vector256.Create(1e-6f))).StoreUnsafe(ref first, place);
        }
        foreach (var row in TextFeatures.HarmRows)
        {
            // More harm never makes a report less severe.
            foreach (ref var weight in weights.AsSpan(row * Stride + LinearModel.Domains, LinearModel.Columns - LinearModel.Domains)) weight = Math.Max(weight, 0);
        }
    }

    public static float Logistic(float score) => 1 / (1 + MathF.Exp(-score));
}
