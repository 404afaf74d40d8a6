using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Judging;

/// <summary>What a phrase weighs for the domains.</summary>
internal sealed class DomainPhrase(int index)
{
    /// <summary>Its number in the lexicon.</summary>
    public int Index { get; } = index;

    /// <summary>In logits, by domain.</summary>
    public double[] Weights { get; } = new double[Lexicon.DomainCount];
}

/// <summary>How far a phrase moves an incident on the scale of severity.</summary>
internal sealed record SeverityPhrase(double Steps);

/// <summary>The phrases by which reports are judged.</summary>
internal sealed class Lexicon
{
    internal static readonly Domain[] Domains = Enum.GetValues<Domain>();
    internal const int DomainCount = 4;
    private const string AgainstAll = "none";

    private Lexicon() { }

    public PhraseTrie<DomainPhrase> DomainPhrases { get; } = new();

    public PhraseTrie<SeverityPhrase> SeverityPhrases { get; } = new();

    /// <summary>How many different phrases speak of domains.</summary>
    public int Size { get; private set; }

    /// <summary>Reads the phrases that are built in.</summary>
    public static Lexicon Load()
    {
        var lexicon = new Lexicon();
        var written = PhraseFile.Read("domains.tsv").ToList();
        foreach (var (target, weight, phrase) in written) lexicon.AddDomainPhrase(target, weight, phrase.TrimEnd('~'));
        foreach (var phrase in written.Select(entry => entry.Phrase).Distinct()) AddForms(lexicon.DomainPhrases, phrase);
        var cues = PhraseFile.Read("severity.tsv").ToList();
        foreach (var (_, steps, phrase) in cues) lexicon.SeverityPhrases.Set(phrase.TrimEnd('~'), new(steps));
        foreach (var (_, _, phrase) in cues) AddForms(lexicon.SeverityPhrases, phrase);
        return lexicon;
    }

    private void AddDomainPhrase(string target, double weight, string phrase)
    {
        if (DomainPhrases.Find(phrase) is not { } entry) DomainPhrases.Set(phrase, entry = new DomainPhrase(Size++));
        if (target == AgainstAll) for (var domain = 0; domain < DomainCount; domain++) entry.Weights[domain] += weight;
        else entry.Weights[(int)Wire<Domain>.Parse(target)] += weight;
    }

    /// <summary>A form that is written out itself keeps its own weights.</summary>
    private static void AddForms<T>(PhraseTrie<T> trie, string phrase) where T : class
    {
        var value = trie.Find(phrase.TrimEnd('~'));
        foreach (var form in PhraseFile.Forms(phrase)) if (trie.Find(form) is null) trie.Set(form, value);
    }
}
