using System.Globalization;
using Monitoring.Contracts;

namespace Monitoring.Classification.Language;

/// <summary>The lexica of the languages other than English: made once, shared by threads.</summary>
internal sealed class ForeignLexica
{
    /// <summary>Words that news of every language leave untranslated.</summary>
    private const string Common = "common";

    private readonly Dictionary<string, ForeignLexicon> lexica;

    private ForeignLexica(Dictionary<string, ForeignLexicon> lexica) => this.lexica = lexica;

    /// <summary>Reads the lexica that are built in.</summary>
    public static ForeignLexica Load()
    {
        var common = ForeignLexicon.Read(Common).ToList();
        return new(Languages.OfLexica.ToDictionary(language => language, language => new ForeignLexicon(common.Concat(ForeignLexicon.Read(language)))));
    }

    /// <summary>The lexicon of a language by its BCP 47 tag, with or without a region; <c>null</c> where there is none.</summary>
    public ForeignLexicon? Of(string? tag) => tag is null ? null : lexica.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(Languages.Primary(tag), out var lexicon) ? lexicon : null;
}

/// <summary>What an entry of a lexicon speaks for.</summary>
internal enum EntryKind { Domains, Severity, Deaths, Injuries, Flight, Number }

/// <summary>An entry: its weights in logits by domain, or steps on the scale of severity, or the number that a word stands for.</summary>
internal sealed record Entry(EntryKind Kind, double[] Weights, double Amount);

/// <summary>
/// The phrases of one language by which its reports are judged. A file has lines of target, weight and phrases parted by <c>|</c>, written
/// as <see cref="CharacterTrie"/> reads them. Targets are the domains, <c>none</c> (against all of them), <c>severity</c> (steps up or down),
/// <c>deaths</c>, <c>injuries</c> and <c>flight</c> (steps as well, more beside a number), and <c>number</c>. A phrase may stand under several;
/// one that stands under no domain has the domains of the phrases within it, since of phrases that begin together only the longest is found.
/// </summary>
internal sealed class ForeignLexicon
{
    /// <summary>A bulletin says at its beginning what it is about.</summary>
    private const int CharactersRead = 6_000;
    private const int MatchesAtMost = 400;
    private const int ShortestAfterClitic = 3;
    private const int DomainCount = 4;

    private readonly List<IReadOnlyList<Entry>> entries = [];
    private readonly CharacterTrie trie;

    public ForeignLexicon(IEnumerable<(string Target, double Weight, string Phrase)> lines)
    {
        var (phrases, ofDomains) = (new Dictionary<string, List<Entry>>(), new List<(string Target, double Weight, string Phrase)>());
        foreach (var line in lines)
        {
            var entry = Parse(line.Target, line.Weight);
            if (!phrases.TryGetValue(line.Phrase, out var ofPhrase)) phrases.Add(line.Phrase, ofPhrase = []);
            ofPhrase.Add(entry);
            if (entry.Kind == EntryKind.Domains) ofDomains.Add(line);
        }
        var others = phrases.Where(phrase => !phrase.Value.Exists(entry => entry.Kind == EntryKind.Domains)).ToList();
        if (others.Count > 0)
        {
            var domains = new ForeignLexicon(ofDomains);
            foreach (var (phrase, entriesOf) in others) entriesOf.AddRange(domains.Within(phrase));
        }
        trie = new(phrases.Select((phrase, index) => (phrase.Key, index)));
        entries.AddRange(phrases.Values);
    }

    /// <summary>How many phrases there are.</summary>
    public int Size => entries.Count;

    /// <summary>What the phrases of a report say.</summary>
    public ForeignScores Score(string title, string text)
    {
        var scores = new ForeignScores(title, text, Size);
        Find(title, isTitle: true, scores);
        Find(text, isTitle: false, scores);
        return scores;
    }

    /// <summary>The lines of a built-in file, phrase by phrase.</summary>
    public static IEnumerable<(string Target, double Weight, string Phrase)> Read(string name)
    {
        using var stream = typeof(ForeignLexicon).Assembly.GetManifestResourceStream($"Monitoring.Classification.Language.Lexica.{name}.tsv")
            ?? throw new InvalidOperationException($"The lexicon {name} is not built in.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var columns = line.Split('\t');
            foreach (var phrase in columns[2].Split('|')) yield return (columns[0], double.Parse(columns[1], CultureInfo.InvariantCulture), phrase);
        }
    }

    /// <summary>What the phrases within one say of the domains, where they say anything.</summary>
    private IEnumerable<Entry> Within(string phrase)
    {
        var scores = Score(phrase.Replace("~", "", StringComparison.Ordinal), "");
        var weights = Enum.GetValues<Domain>().Select(domain => scores.Logit(domain) - ForeignScores.Bias).ToArray();
        return scores.Count > 0 ? [new(EntryKind.Domains, weights, 0)] : [];
    }

    private static Entry Parse(string target, double weight)
    {
        var kind = target switch
        {
            "severity" => EntryKind.Severity,
            "deaths" => EntryKind.Deaths,
            "injuries" => EntryKind.Injuries,
            "flight" => EntryKind.Flight,
            "number" => EntryKind.Number,
            _ => EntryKind.Domains,
        };
        var weights = new double[DomainCount];
        if (target == "none") Array.Fill(weights, weight);
        else if (kind == EntryKind.Domains) weights[(int)Wire<Domain>.Parse(target)] = weight;
        return new(kind, weights, weight);
    }

    private void Find(string text, bool isTitle, ForeignScores scores)
    {
        var length = Math.Min(text.Length, CharactersRead);
        var room = System.Buffers.ArrayPool<char>.Shared.Rent(length);
        var folded = room.AsSpan(0, length);
        Folding.Fold(text.AsSpan(0, length), folded);
        scores.Begin(isTitle);
        var (before, matches) = (Folding.Stop, 0);
        for (var position = 0; position < length && matches < MatchesAtMost;)
        {
            var character = folded[position];
            if (char.IsAsciiDigit(character) && !Folding.Joins(before, character))
            {
                position = Numbers.Read(folded, position, out var number);
                if (number > 0) scores.AddNumber(number, position);
                before = folded[position - 1];
                continue;
            }
            if (Folding.IsWord(character) && Match(folded, position, Folding.Joins(before, character), out var value) is >= 0 and var end)
            {
                scores.Add(value, entries[value], position, end);
                matches++;
                position = end;
                before = folded[end - 1];
                continue;
            }
            if (character != Folding.Nothing) before = character;
            position++;
        }
        scores.End();
        System.Buffers.ArrayPool<char>.Shared.Return(room);
    }

    private int Match(ReadOnlySpan<char> folded, int position, bool isInside, out int value)
    {
        if (isInside) return trie.LongestInside(folded, position, out value);
        var end = trie.Longest(folded, position, out value);
        if (end >= 0 || folded[position] is not ('و' or 'ف' or 'ب' or 'ل' or 'ك') || position + ShortestAfterClitic >= folded.Length) return end;
        // "And", "by", "for" are written together with the word that follows.
        return trie.Longest(folded, position + 1, out value);
    }
}
