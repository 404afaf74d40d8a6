using System.Globalization;
using System.Text.Json.Serialization;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Training;
using Monitoring.Contracts;

namespace Monitoring.Classification.Retraining;

/// <summary>How well a model judges some texts.</summary>
/// <param name="Texts">How many.</param>
/// <param name="MacroF1">Mean of the domains' F1.</param>
/// <param name="ExactDomains">The share of texts that are given all their domains and no other.</param>
/// <param name="ExactSeverity">The share of texts with a known severity that are given it; <c>null</c> where there is none.</param>
internal sealed record Measured(int Texts, double MacroF1, double ExactDomains, double? ExactSeverity)
{
    public static Measured Of(IReadOnlyList<JudgedText> judged)
    {
        var scores = Scores.Of(judged);
        return new(scores.Count, Round(scores.MacroF1), Round(scores.ExactSet), scores.Severity.Count == 0 ? null : Round(scores.Severity.Exact));
    }

    private static double Round(double figure) => Math.Round(figure, 4);
}

/// <summary>The same texts by another model and by the new one; lost and gained are texts that only the other, or only the new one, judges right.</summary>
/// <param name="Before">By the other.</param>
/// <param name="After">By the new one.</param>
/// <param name="Domains">Of all their domains.</param>
/// <param name="Severity">Of their severity.</param>
/// <param name="ByDomain">Of each domain alone; <c>null</c> on a model from before this was counted.</param>
internal sealed record BeforeAndAfter(Measured Before, Measured After, LostAndGained Domains, LostAndGained Severity, IReadOnlyList<DomainChange>? ByDomain = null)
{
    public bool IsNotWorse => Domains.IsNotWorse && Severity.IsNotWorse && ByDomain?.All(domain => domain.IsNotWorse) != false;

    /// <summary>In what it is worse, by name.</summary>
    [JsonIgnore]
    public IEnumerable<string> Worse =>
        [
            .. Domains.IsNotWorse ? [] : new[] { "domains" },
            .. Severity.IsNotWorse ? [] : new[] { "severity" },
            .. (ByDomain ?? []).Where(change => !change.IsNotWorse).Select(change => Wire<Domain>.Name(change.Domain)),
        ];

    public override string ToString() => FormattableString.Invariant(
        $"{After.Texts} texts: domains right {Before.ExactDomains:0.000} → {After.ExactDomains:0.000}, macro-F1 {Before.MacroF1:0.000} → {After.MacroF1:0.000}, severity right {Share(Before.ExactSeverity)} → {Share(After.ExactSeverity)}");

    private static string Share(double? share) => share?.ToString("0.000", CultureInfo.InvariantCulture) ?? "unknown";

    public static BeforeAndAfter Of(IReadOnlyList<JudgedText> old, IReadOnlyList<JudgedText> @new)
    {
        return new(
            Measured.Of(old), Measured.Of(@new), LostAndGained.Of(old, @new, HasDomains), LostAndGained.Of(old, @new, HasSeverity),
            [.. Enum.GetValues<Domain>().Select(domain => DomainChange.Of(domain, old, @new))]);

        static bool HasDomains(JudgedText one) => one.Text.Domains.SequenceEqual(one.Verdict.Domains);
        static bool HasSeverity(JudgedText one) => one.Text is { Severity: { } severity, Domains.Count: > 0 } && one.Verdict.Severity == severity;
    }
}

/// <summary>
/// What becomes of a single domain. A narrow batch of wrong corrections costs one domain its texts, or has another take what is not its own,
/// and by chance finds texts elsewhere that were missed: counted together, those would pay for these.
/// </summary>
/// <param name="Domain">The domain.</param>
/// <param name="Recall">Of the texts that are of it.</param>
/// <param name="Precision">Of the texts that are not.</param>
internal sealed record DomainChange(Domain Domain, LostAndGained Recall, LostAndGained Precision)
{
    /// <summary>One-sided, at five per cent for the eight counts of four domains together (Bonferroni).</summary>
    private const double Significant = 2.5;

    public bool IsNotWorse => Recall.IsWithin(Significant) && Precision.IsWithin(Significant);

    public static DomainChange Of(Domain domain, IReadOnlyList<JudgedText> old, IReadOnlyList<JudgedText> @new)
    {
        return new(domain, LostAndGained.Of(old, @new, IsFound), LostAndGained.Of(old, @new, IsLeftAlone));

        bool IsFound(JudgedText one) => one.Text.Domains.Contains(domain) && one.Verdict.Domains.Contains(domain);
        bool IsLeftAlone(JudgedText one) => !one.Text.Domains.Contains(domain) && !one.Verdict.Domains.Contains(domain);
    }
}

/// <summary>Texts that are judged wrong by the new model alone, and right by it alone.</summary>
internal sealed record LostAndGained(int Lost, int Gained)
{
    /// <summary>One-sided, at five per cent.</summary>
    private const double Significant = 1.645;

    /// <summary>Whether no more are lost than chance would have it.</summary>
    public bool IsNotWorse => IsWithin(Significant);

    /// <summary>
    /// Whether the surplus of lost texts is within so many standard deviations of none (the sign test): any change of weights turns a text
    /// here and there that was decided by a hair, and of those only a surplus tells.
    /// </summary>
    public bool IsWithin(double deviations) => Lost - Gained <= deviations * Math.Sqrt(Lost + Gained);

    public static LostAndGained Of(IReadOnlyList<JudgedText> old, IReadOnlyList<JudgedText> @new, Func<JudgedText, bool> isRight)
    {
        var pairs = old.Zip(@new, (one, other) => (Was: isRight(one), Is: isRight(other))).ToList();
        return new(pairs.Count(pair => pair is { Was: true, Is: false }), pairs.Count(pair => pair is { Was: false, Is: true }));
    }
}

/// <summary>What a training came to.</summary>
/// <param name="KeptBack">On the corrections that were kept back, against the model in force; <c>null</c> where there were none.</param>
/// <param name="Own">On the texts that ship with the service, against the model in force.</param>
/// <param name="BuiltIn">On the same, against the model that is built in: many small steps down are as bad as one.</param>
/// <param name="KeptBackBuiltIn">On the corrections that were kept back, against the model that is built in.</param>
internal sealed record TrainingFigures(BeforeAndAfter? KeptBack, BeforeAndAfter Own, BeforeAndAfter BuiltIn, BeforeAndAfter? KeptBackBuiltIn)
{
    /// <summary>Whether it is worse than neither model, on neither set of texts.</summary>
    public bool IsNotWorse => KeptBack is not { IsNotWorse: false } && KeptBackBuiltIn is not { IsNotWorse: false } && Own.IsNotWorse && BuiltIn.IsNotWorse;

    /// <summary>On which texts it is worse than either model, and in what.</summary>
    [JsonIgnore]
    public string Worse => string.Join(" and ", new[]
    {
        ("on the corrections kept back", In(KeptBack, KeptBackBuiltIn)),
        ("on the texts that ship with the service", In(Own, BuiltIn)),
    }.Where(texts => texts.Item2.Length > 0).Select(texts => $"{texts.Item1} (in {texts.Item2})"));

    public override string ToString() => KeptBack is null ? $"own texts {Own}" : $"kept back {KeptBack}; own texts {Own}";

    public static TrainingFigures Of(Model before, Model builtIn, Model after, IReadOnlyList<LabelledText> keptBack, IReadOnlyList<LabelledText> own)
    {
        var (onOwn, onOwnBuiltIn) = Compare(own);
        var (onKeptBack, onKeptBackBuiltIn) = keptBack.Count == 0 ? (null, null) : Compare(keptBack);
        return new(onKeptBack, onOwn, onOwnBuiltIn, onKeptBackBuiltIn);

        (BeforeAndAfter, BeforeAndAfter) Compare(IReadOnlyList<LabelledText> texts)
        {
            var (judged, ofBuiltIn) = (Evaluation.Judge(after, texts), Evaluation.Judge(builtIn, texts));
            var withBuiltIn = BeforeAndAfter.Of(ofBuiltIn, judged);
            return (before.Version == builtIn.Version ? withBuiltIn : BeforeAndAfter.Of(Evaluation.Judge(before, texts), judged), withBuiltIn);
        }
    }

    private static string In(BeforeAndAfter? inForce, BeforeAndAfter? builtIn) => string.Join(", ", (inForce?.Worse ?? []).Union(builtIn?.Worse ?? []));
}

/// <summary>A model that was trained here.</summary>
/// <param name="Version">What its verdicts name.</param>
/// <param name="CreatedAt">When it was trained.</param>
/// <param name="CreatedBy">Who asked for it.</param>
/// <param name="From">The version whose weights the training began with.</param>
/// <param name="Foundation">The built-in model that its weights are of, and were pulled towards.</param>
/// <param name="Examples">Corrections that it learnt from.</param>
/// <param name="KeptBack">Corrections that were kept back to measure by.</param>
/// <param name="LearntUntil">The time of the newest of them.</param>
/// <param name="Figures">What it came to.</param>
internal sealed record TrainedModel(
    string Version, DateTimeOffset CreatedAt, string CreatedBy, string From, string Foundation, int Examples, int KeptBack, DateTimeOffset LearntUntil, TrainingFigures Figures)
{
    public ModelView ToView(string active) => new()
    {
        Version = Version,
        Active = Version == active,
        BuiltIn = false,
        CreatedAt = CreatedAt,
        CreatedBy = CreatedBy,
        From = From,
        Foundation = Foundation,
        Examples = Examples,
        KeptBack = KeptBack,
        Figures = Figures,
    };
}

/// <summary>A model, as the API lists it; of the one that is built in only its version is known.</summary>
internal sealed record ModelView
{
    public required string Version { get; init; }
    public required bool Active { get; init; }
    public required bool BuiltIn { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public string? CreatedBy { get; init; }
    /// <summary>The version whose weights the training began with.</summary>
    public string? From { get; init; }
    /// <summary>The built-in model that it was pulled towards, and only fits.</summary>
    public string? Foundation { get; init; }
    /// <summary>Corrections that it learnt from.</summary>
    public int? Examples { get; init; }
    /// <summary>Corrections that were kept back to measure by.</summary>
    public int? KeptBack { get; init; }
    public TrainingFigures? Figures { get; init; }
    /// <summary>Whether it was put in force, or why not; only in a training's answer.</summary>
    public string? Fate { get; init; }
    /// <summary>When it was put in force, newest first; only on a single model.</summary>
    public IReadOnlyList<Activation>? Activations { get; init; }
}

/// <summary>That a model was put in force.</summary>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
/// <param name="Holds">Whether a person chose another than the newest that is not worse: until a person activates that one, or retrains, none replaces it.</param>
internal sealed record Activation(DateTimeOffset At, string By, bool Holds);

/// <summary>A training's outcome.</summary>
internal abstract record RetrainingOutcome
{
    /// <summary>A new model is kept; whether it is in force, and why not, is its fate.</summary>
    public sealed record Trained(ModelView Model) : RetrainingOutcome;

    /// <summary>There is no correction to learn from; those that there are, if any, are kept back to measure by.</summary>
    public sealed record NothingToLearn(int KeptBack) : RetrainingOutcome
    {
        public string Reason => KeptBack == 0
            ? "There is nothing to learn from yet: no correction that stands says what domains or severity an incident has."
            : $"There is nothing to learn from yet: what was corrected so far ({KeptBack}) is in the share that is kept back to measure by (Retraining:KeptBack).";
    }

    /// <summary>A training is under way, in this copy of the service or another.</summary>
    public sealed record Busy : RetrainingOutcome
    {
        public const string Reason = "A training is under way already. See what came of it in GET /v1/models, or try again later.";
    }
}
