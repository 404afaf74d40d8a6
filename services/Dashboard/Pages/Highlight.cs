using System.Globalization;
using Monitoring.Contracts;

namespace Monitoring.Dashboard.Pages;

/// <summary>A piece of a text with what it speaks for, strongest first; nothing where it moved no decision.</summary>
internal sealed record Segment(string Text, IReadOnlyList<Evidence> Evidence);

/// <summary>Lays evidence over the text it was found in.</summary>
internal static class Highlight
{
    /// <summary>
    /// Cuts a text at the ends of the spans, which may overlap. A span that does not say what the text has there was found in another
    /// report, or revision, and is left out.
    /// </summary>
    public static IReadOnlyList<Segment> Segments(string text, IEnumerable<Evidence> evidence)
    {
        var spans = evidence.Where(item => IsIn(text, item)).ToList();
        var cuts = new SortedSet<int>(spans.SelectMany(span => new[] { span.Start, span.Start + span.Length })) { 0, text.Length };
        return
        [
            .. cuts.Zip(cuts.Skip(1), (start, end) => new Segment(text[start..end],
            [
                .. spans.Where(span => span.Start <= start && end <= span.Start + span.Length).OrderByDescending(span => Math.Abs(span.Weight)),
            ])),
        ];
    }

    /// <summary>Which style marks it: a domain's name, <c>severity</c>, <c>country</c> or <c>actor</c>.</summary>
    public static string KindOf(Evidence evidence) => evidence.For.Split(':')[0];

    /// <summary>Whether it speaks of what the incident is said to be: its domains, severity, countries and actors.</summary>
    public static bool IsDecided(Evidence evidence, Incident incident) =>
        evidence.For != "language" && (!Wire<Domain>.TryParse(evidence.For, out var domain) || incident.Domains.Contains(domain));

    /// <summary>Whether it stands for the report as a whole, or for any report, rather than for a span or a hint.</summary>
    public static bool IsWhole(Evidence evidence) => evidence.Field is "rest" or "bias";

    /// <summary>What moved the decision, in words: the span, or what an entry without one stands for.</summary>
    public static string Reason(Evidence evidence) => evidence switch
    {
        { Text.Length: > 0 } => evidence.Text,
        { Field: "bias" } => "what is usual, before anything is read",
        { Field: "rest" } => "everything else in the report",
        _ => evidence.Field,
    };

    /// <summary>With its sign, and as many digits as every other, so that they stand beneath each other.</summary>
    public static string Weight(Evidence evidence) => evidence.Weight.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>What it speaks for, in words: <c>cyber</c>, <c>severity</c>, <c>country EE</c>.</summary>
    public static string Finding(Evidence evidence) => evidence.For.Replace(':', ' ');

    /// <summary>Names in a sentence that denies them all: <c>cyber, economic or climate</c>.</summary>
    public static string Or(IEnumerable<string> names) => names.ToList() is [.. { Count: > 0 } others, var last] ? $"{string.Join(", ", others)} or {last}" : string.Concat(names);

    private static bool IsIn(string text, Evidence evidence) =>
        evidence.Length > 0 && evidence.Start >= 0 && evidence.Start <= text.Length - evidence.Length
        && text.AsSpan(evidence.Start, evidence.Length).Equals(evidence.Text, StringComparison.OrdinalIgnoreCase);
}
