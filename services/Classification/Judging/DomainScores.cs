using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Judging;

/// <summary>The sum of what speaks for and against each domain, and the phrases that made it.</summary>
internal sealed class DomainScores(Lexicon lexicon)
{
    internal const double Bias = -2.2;
    private const double TitleFactor = 1;
    private const double TextFactor = 0.6;
    private const double HintWeight = 4;

    private readonly record struct Contribution(int Domain, string Field, int Start, int Length, double Weight);

    private readonly byte[] seen = new byte[lexicon.Size];
    private readonly double[] sums = new double[Lexicon.DomainCount];
    private readonly List<Contribution> contributions = [];
    private Hints? hints;

    public void AddTitle(Tokens title) => Add(title, "title", TitleFactor);

    public void AddText(Tokens text) => Add(text, "text", TextFactor);

    public void AddHints(Hints given)
    {
        hints = given;
        foreach (var domain in given.Domains) sums[(int)domain] += HintWeight;
    }

    public double Probability(Domain domain) => 1 / (1 + Math.Exp(-(Bias + sums[(int)domain])));

    /// <summary>The strongest phrases for and against a domain, strongest first.</summary>
    public IEnumerable<Evidence> Evidence(Domain domain, int limit, Tokens title, Tokens text)
    {
        var name = Wire<Domain>.Name(domain);
        if (hints is not null && hints.Domains.Contains(domain))
            yield return new() { For = name, Field = "hints", Start = 0, Length = 0, Text = name, Weight = HintWeight };
        foreach (var found in contributions.Where(found => found.Domain == (int)domain).OrderByDescending(found => Math.Abs(found.Weight)).Take(limit))
        {
            var source = found.Field == "title" ? title : text;
            yield return new()
            {
                For = name, Field = found.Field, Start = found.Start, Length = found.Length,
                Text = source.Text.Substring(found.Start, found.Length), Weight = Math.Round(found.Weight, 2),
            };
        }
    }

    private void Add(Tokens tokens, string field, double factor)
    {
        for (var index = 0; index < tokens.Count;)
        {
            var words = lexicon.DomainPhrases.Longest(tokens, index, out var phrase);
            if (words == 0)
            {
                index++;
                continue;
            }
            Add(phrase!, tokens[index].Start, tokens[index + words - 1].End, field, factor);
            index += words;
        }
    }

    /// <summary>A phrase that comes again says half as much each time: a long text is not more of its subject than a short one.</summary>
    private void Add(DomainPhrase phrase, int start, int end, string field, double factor)
    {
        var repeats = seen[phrase.Index];
        if (repeats > 3) return;
        seen[phrase.Index]++;
        for (var domain = 0; domain < Lexicon.DomainCount; domain++)
        {
            if (phrase.Weights[domain] == 0) continue;
            var weight = phrase.Weights[domain] * factor / (1 << repeats);
            sums[domain] += weight;
            contributions.Add(new(domain, field, start, end - start, weight));
        }
    }
}
