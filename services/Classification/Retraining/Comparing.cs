using Microsoft.Extensions.Options;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Storage;
using Monitoring.Classification.Training;
using Monitoring.Contracts;

namespace Monitoring.Classification.Retraining;

/// <summary>How two models judge the same texts, and on how many of them they differ in domains or severity.</summary>
internal sealed record ComparedOn(Measured One, Measured Other, int Differ)
{
    public static ComparedOn Of(Model one, Model other, IReadOnlyList<LabelledText> texts)
    {
        var (ofOne, ofOther) = (Evaluation.Judge(one, texts), Evaluation.Judge(other, texts));
        return new(Measured.Of(ofOne), Measured.Of(ofOther), ofOne.Zip(ofOther).Count(pair => IsOther(pair.First.Verdict, pair.Second.Verdict)));
    }

    private static bool IsOther(Verdict one, Verdict other) => one.Severity != other.Severity || !one.Domains.SequenceEqual(other.Domains);
}

/// <summary>Two models, on the corrections that are kept back and on the texts that ship with the service.</summary>
internal sealed record Comparison(string One, string Other, ComparedOn KeptBack, ComparedOn Own);

/// <summary>What became of a wish to compare.</summary>
internal abstract record ComparisonOutcome
{
    public sealed record Done(Comparison Comparison) : ComparisonOutcome;

    /// <summary>There is no such model.</summary>
    public sealed record Missing(string Version) : ComparisonOutcome;

    /// <summary>This service cannot judge by one of them, or compares another pair.</summary>
    public sealed record Refused(string Reason) : ComparisonOutcome;
}

/// <summary>Compares models, one pair at a time: it takes a core for a while, and the memory of both.</summary>
internal sealed class Comparing(ExampleQueries examples, ModelLoader models, IOptions<RetrainingOptions> options) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Compares two versions; who comes meanwhile is refused.</summary>
    public async Task<ComparisonOutcome> CompareAsync(string version, string otherVersion, CancellationToken cancellationToken)
    {
        if (!await turn.WaitAsync(TimeSpan.Zero, cancellationToken)) return new ComparisonOutcome.Refused("Other models are being compared. Try again later.");
        try
        {
            var lookups = new[] { await models.LoadAsync(version, cancellationToken), await models.LoadAsync(otherVersion, cancellationToken) };
            if (lookups.OfType<ModelLookup.Unusable>().FirstOrDefault() is { } unusable) return new ComparisonOutcome.Refused(unusable.Reason);
            if (lookups is not [ModelLookup.Found { Model: var one }, ModelLookup.Found { Model: var other }])
                return new ComparisonOutcome.Missing(lookups[0] is ModelLookup.Found ? otherVersion : version);
            var keptBack = Examples.Part(await examples.ReadAsync(options.Value.Examples, cancellationToken), options.Value.KeptBack).KeptBack;
            return await Task.Run(
                () => new ComparisonOutcome.Done(new(version, otherVersion, ComparedOn.Of(one, other, keptBack), ComparedOn.Of(one, other, OwnTexts.All))), cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
