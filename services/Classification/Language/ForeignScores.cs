using Monitoring.Contracts;

namespace Monitoring.Classification.Language;

/// <summary>
/// What the phrases of a report in a foreign language add up to: a logit for each domain and steps on the scale of severity, with the phrases
/// that moved them. A phrase that comes again says half as much each time; of the cues of severity the strongest counts in full, each further
/// one half of the one before.
/// </summary>
internal sealed class ForeignScores(string title, string text, int phrases)
{
    /// <summary>Lists of words are surer of nothing than this.</summary>
    public const double ConfidenceAtMost = 0.85;

    /// <summary>What has to be overcome: most reports are about none of the domains.</summary>
    public const double Bias = -2.2;

    private const double TextShare = 0.6;
    private const int RepeatsAtMost = 3;
    private const int Reach = 30;
    private const int CuesAtMost = 6;
    private const int NumbersAtMost = 64;

    /// <summary>The steps from which on a report is low, medium, high and critical.</summary>
    public static readonly float[] Bounds = [0.2f, 1.55f, 2.5f, 3.75f];

    /// <summary>Where the domains usually are on the scale of severity, in their order.</summary>
    private static readonly double[] Usual = [1.2, 0.9, 1.1, 1.4];

    private readonly record struct Finding(Domain? Domain, bool IsInTitle, int Start, int Length, double Weight);

    private readonly record struct Toll(EntryKind Kind, double Steps, int Start, int End, double People);

    private readonly double[] logits = [Bias, Bias, Bias, Bias];
    private readonly List<Finding> findings = [];
    private readonly byte[] seen = new byte[phrases];
    private readonly List<(double Number, int End)> numbers = [];
    private readonly List<Toll> tolls = [];
    private bool isInTitle;

    private double Share => isInTitle ? 1 : TextShare;

    /// <summary>How many phrases were found.</summary>
    public int Count => findings.Count;

    public double Logit(Domain domain) => logits[(int)domain];

    /// <summary>The severity of a report about some domains in steps (none without a domain), and the cues that made it with their shares.</summary>
    public (double Score, IReadOnlyList<Evidence> Evidence) SeverityOf(IReadOnlyList<Domain> domains)
    {
        if (domains.Count == 0) return (0, []);
        var score = domains.Max(domain => Usual[(int)domain]);
        List<Evidence> evidence = [new() { For = "severity", Field = "bias", Start = 0, Length = 0, Text = "", Weight = score }];
        foreach (var isUp in (ReadOnlySpan<bool>)[true, false])
        {
            var share = 1.0;
            foreach (var cue in findings.Where(found => found.Domain is null && found.Weight > 0 == isUp).OrderByDescending(cue => Math.Abs(cue.Weight)).Take(CuesAtMost))
            {
                score += cue.Weight * share;
                evidence.Add(Show(cue, "severity", cue.Weight * share));
                share /= 2;
            }
        }
        return (score, evidence);
    }

    /// <summary>The strongest phrases for and against a domain, strongest first.</summary>
    public IEnumerable<Evidence> Evidence(Domain domain, int limit) =>
        findings.Where(found => found.Domain == domain).OrderByDescending(found => Math.Abs(found.Weight)).Take(limit).Select(found => Show(found, Wire<Domain>.Name(domain), found.Weight));

    internal void Begin(bool title) => isInTitle = title;

    internal void AddNumber(double number, int end)
    {
        if (numbers.Count < NumbersAtMost) numbers.Add((number, end));
    }

    internal void Add(int index, IReadOnlyList<Entry> entries, int start, int end)
    {
        var repeats = seen[index];
        if (repeats > RepeatsAtMost) return;
        seen[index]++;
        var share = Share / (1 << repeats);
        foreach (var entry in entries)
        {
            switch (entry.Kind)
            {
                case EntryKind.Domains: AddWeights(entry.Weights, share, start, end); break;
                case EntryKind.Severity: findings.Add(new(null, isInTitle, start, end - start, entry.Amount * share)); break;
                case EntryKind.Number: AddNumberWord(entry.Amount, start, end); break;
                default: tolls.Add(new(entry.Kind, entry.Amount * share, start, end, 0)); break;
            }
        }
    }

    /// <summary>Gives each number of a text to the nearest word for people who came to harm.</summary>
    internal void End()
    {
        foreach (var (number, end) in numbers)
        {
            var nearest = -1;
            for (var index = 0; index < tolls.Count; index++)
                if (Distance(tolls[index], end) <= Reach && (nearest < 0 || Distance(tolls[index], end) < Distance(tolls[nearest], end))) nearest = index;
            if (nearest >= 0 && number > tolls[nearest].People) tolls[nearest] = tolls[nearest] with { People = number };
        }
        foreach (var toll in tolls)
            findings.Add(new(null, isInTitle, toll.Start, toll.End - toll.Start, toll.People > 0 ? Math.Max(toll.Steps, OfPeople(toll) * Share) : toll.Steps));
        numbers.Clear();
        tolls.Clear();
    }

    private void AddWeights(double[] weights, double share, int start, int end)
    {
        for (var domain = 0; domain < weights.Length; domain++)
        {
            if (weights[domain] == 0) continue;
            logits[domain] += weights[domain] * share;
            findings.Add(new((Domain)domain, isInTitle, start, end - start, weights[domain] * share));
        }
    }

    /// <summary>A word for a number multiplies the digits right before it (12 thousand) or stands for itself (dozens).</summary>
    private void AddNumberWord(double number, int start, int end)
    {
        if (numbers is [.., var last] && start - last.End is 0 or 1) numbers[^1] = (last.Number * number, end);
        else AddNumber(number, end);
    }

    /// <summary>Each power of ten adds as much again.</summary>
    private static double OfPeople(Toll toll)
    {
        var ofOne = toll.Kind switch { EntryKind.Deaths => 0.8, EntryKind.Injuries => 0.45, _ => 0.3 };
        return ofOne * Math.Log10(toll.People * 10);
    }

    private static int Distance(Toll toll, int end) => end <= toll.Start ? toll.Start - end : Math.Abs(end - toll.End);

    private Evidence Show(Finding found, string target, double weight) => new()
    {
        For = target, Field = found.IsInTitle ? "title" : "text", Start = found.Start, Length = found.Length,
        Text = (found.IsInTitle ? title : text).Substring(found.Start, found.Length), Weight = Math.Round(weight, 2),
    };
}
