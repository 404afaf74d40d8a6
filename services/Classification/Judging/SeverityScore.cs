using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Judging;

/// <summary>
/// A place on the scale of severity: what is usual for the domain, moved by the cues of the texts. The strongest cue counts in full,
/// each further one half of the one before: many words for one harm are still one harm.
/// </summary>
internal sealed class SeverityScore(Lexicon lexicon)
{
    private const double TextFactor = 0.7;
    private const double HintPull = 0.85;
    private const double MagnitudeOfHarm = 6;
    private const int CuesAtMost = 6;

    private readonly record struct Cue(string Field, int Start, int Length, double Steps);

    /// <summary>Lower bounds of low, medium, high and critical.</summary>
    private static readonly double[] Bounds = [0.2, 1.55, 2.5, 3.75];

    private static readonly Dictionary<Domain, double> Usual = new() { [Domain.Cyber] = 1.2, [Domain.Economic] = 0.9, [Domain.Climate] = 1.1, [Domain.Military] = 1.4 };

    private readonly List<Cue> cues = [];

    public void AddTitle(Tokens title) => Add(title, "title", 1);

    public void AddText(Tokens text) => Add(text, "text", TextFactor);

    /// <summary>The severity, with evidence whose weights are steps on the scale.</summary>
    public (Severity Severity, IReadOnlyList<Evidence> Evidence) Decide(IReadOnlyList<Domain> domains, Severity? hint, Tokens title, Tokens text)
    {
        var evidence = new List<Evidence>();
        var score = 0.0;
        if (domains.Count > 0)
        {
            score = domains.Max(domain => Usual[domain]);
            score += Weigh(cues.Where(cue => cue.Steps > 0), evidence, title, text) + Weigh(cues.Where(cue => cue.Steps < 0), evidence, title, text);
        }
        if (hint is { } told)
        {
            var pull = HintPull * (Middle(told) - score);
            evidence.Add(new() { For = "severity", Field = "hints", Start = 0, Length = 0, Text = Wire<Severity>.Name(told), Weight = Math.Round(pull, 2) });
            score += pull;
        }
        return ((Severity)Bounds.Count(bound => score >= bound), evidence);
    }

    private static double Weigh(IEnumerable<Cue> cues, List<Evidence> evidence, Tokens title, Tokens text)
    {
        var (sum, share) = (0.0, 1.0);
        foreach (var cue in cues.OrderByDescending(cue => Math.Abs(cue.Steps)).Take(CuesAtMost))
        {
            var steps = cue.Steps * share;
            sum += steps;
            share /= 2;
            var source = cue.Field == "title" ? title : text;
            evidence.Add(new()
            {
                For = "severity", Field = cue.Field, Start = cue.Start, Length = cue.Length,
                Text = source.Text.Substring(cue.Start, cue.Length), Weight = Math.Round(steps, 2),
            });
        }
        return sum;
    }

    private void Add(Tokens tokens, string field, double factor)
    {
        foreach (var toll in Casualties.Find(tokens)) Add(tokens, toll.FirstWord, toll.LastWord, field, toll.Steps * factor);
        for (var index = 0; index < tokens.Count;)
        {
            var words = lexicon.SeverityPhrases.Longest(tokens, index, out var phrase);
            if (words > 0) Add(tokens, index, index + words - 1, field, phrase!.Steps * factor);
            if (Magnitude(tokens, index) is > 0 and var magnitude) Add(tokens, index, index, field, (magnitude - MagnitudeOfHarm + 1) * factor);
            index += Math.Max(1, words);
        }
    }

    private void Add(Tokens tokens, int first, int last, string field, double steps) =>
        cues.Add(new(field, tokens[first].Start, tokens[last].Start + tokens[last].Length - tokens[first].Start, steps));

    /// <summary>An earthquake's magnitude: <c>magnitude 6.4</c>, <c>6.4-magnitude</c>, <c>M 6.4</c>; 0 where there is none.</summary>
    private static double Magnitude(Tokens tokens, int index)
    {
        var word = tokens.Word(index);
        if (word is not [>= '5' and <= '9', '.', >= '0' and <= '9']) return 0;
        if (!IsMagnitude(tokens, index - 1) && !IsMagnitude(tokens, index - 2) && !IsMagnitude(tokens, index + 1)) return 0;
        return double.Parse(word, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static bool IsMagnitude(Tokens tokens, int index)
    {
        if (index < 0 || index >= tokens.Count) return false;
        var word = tokens.Word(index);
        return word.Equals("magnitude", StringComparison.OrdinalIgnoreCase) || word is "M" or "Mw";
    }

    private static double Middle(Severity severity) => (int)severity switch
    {
        0 => 0,
        4 => Bounds[3] + 0.5,
        var step => (Bounds[step - 1] + Bounds[step]) / 2,
    };
}
