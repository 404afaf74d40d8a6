using System.Runtime.InteropServices;
using Monitoring.Classification.Language;

namespace Monitoring.Classification.Geography;

/// <summary>
/// Names of countries in languages other than English: those of ICU and of the countries' package, and our own adjectives, capitals and
/// governments. Words by their stems; in Chinese and Japanese, which part no words, wherever the characters stand.
/// </summary>
internal sealed class ForeignNames
{
    private const int LongestName = 64;
    private const int WordsAtMost = 6;
    private const int LongestElision = 6;
    private const int LongestArticle = 3;

    private sealed class Entry
    {
        public string? Code { get; set; }
        /// <summary>Index of the word that must have a capital letter: a name, unlike an adjective, has one; -1 for none.</summary>
        public int Capital { get; set; } = -1;
        /// <summary>Words of the longest name that begins like this.</summary>
        public int Words { get; set; } = 1;
    }

    private sealed class Stems
    {
        private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
        public Dictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> Lookup => entries.GetAlternateLookup<ReadOnlySpan<char>>();

        public Entry At(string key) => CollectionsMarshal.GetValueRefOrAddDefault(entries, key, out _) ??= new Entry();
    }

    private readonly Dictionary<string, Stems> byLanguage = [];
    /// <summary>By language and first character, the longest name first; folded. Without a code: a word that keeps the names inside from being found.</summary>
    private readonly Dictionary<string, Dictionary<char, (string Name, string? Code)[]>> characters = [];
    /// <summary>By language, names that are common words there.</summary>
    private readonly Dictionary<string, HashSet<string>> words = [];

    public static ForeignNames Load()
    {
        var names = new ForeignNames();
        var lines = Table.Lines("foreign.tsv").Concat(Table.Lines("words.tsv")).ToList();
        foreach (var language in lines.Where(fields => fields[1] == "!").GroupBy(fields => fields[0]))
            names.words[language.Key] = language.SelectMany(fields => fields[2..]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var entries = lines.Where(fields => fields[1] != "!").SelectMany(fields => fields[2..].Select(name => (Language: fields[0], Code: fields[1], Name: name)))
            .Where(entry => !(names.words.TryGetValue(entry.Language, out var common) && common.Contains(entry.Name))).ToLookup(entry => IsUnparted(entry.Language));
        foreach (var language in entries[true].GroupBy(entry => entry.Language))
            names.characters[language.Key] = language.Select(entry => (Name: Folded(entry.Name), Code: entry.Code == "-" ? null : entry.Code)).DistinctBy(entry => entry.Name)
                .GroupBy(entry => entry.Name[0]).ToDictionary(group => group.Key, group => group.OrderByDescending(entry => entry.Name.Length).ToArray());
        foreach (var (language, code, name) in entries[false]) names.Add(language, code, name);
        return names;
    }

    public bool Knows(string language) => byLanguage.ContainsKey(language) || characters.ContainsKey(language);

    /// <summary>Whether the language calls most cities by the names that English has for them.</summary>
    public static bool SharesPlaces(string language) => language is "de" or "fr" or "es" or "it" or "pt";

    /// <summary>The countries that a text in one of the known languages names, in its order.</summary>
    public List<Mention> Find(Tokens tokens, string language)
    {
        var mentions = new List<Mention>();
        if (characters.TryGetValue(language, out var parts)) FindCharacters(Folded(tokens.Read), parts, mentions);
        else if (byLanguage.TryGetValue(language, out var stems)) FindWords(tokens, language, stems, mentions);
        return mentions;
    }

    /// <summary>Whether the name of a country is a common word in the language of the text: "Réunion d'urgence".</summary>
    public bool IsWord(Tokens tokens, Mention mention, string language) => mention.Kind == NameKind.Country
        && words.TryGetValue(language, out var common) && common.GetAlternateLookup<ReadOnlySpan<char>>().Contains(tokens.Text.AsSpan(mention.Start, mention.Length));

    private static bool IsUnparted(string language) => language is "zh" or "ja";

    private void Add(string language, string code, string name)
    {
        if (!byLanguage.TryGetValue(language, out var stems)) byLanguage.Add(language, stems = new Stems());
        var tokens = Tokens.Of(name);
        Span<char> key = stackalloc char[LongestName];
        var (length, first) = (0, "");
        for (var index = 0; index < tokens.Count; index++)
        {
            var start = index == 0 ? 0 : length + 1;
            if (index > 0) key[length] = ' ';
            length = start + Own(tokens.Word(index), language, key[start..]);
            if (index == 0) first = key[..length].ToString();
        }
        if (tokens.Count > WordsAtMost) return;
        var begun = stems.At(first);
        begun.Words = Math.Max(begun.Words, tokens.Count);
        var entry = stems.At(key[..length].ToString());
        entry.Capital = entry.Code is null || entry.Capital >= 0 ? CapitalOf(tokens) : -1;
        entry.Code ??= code;
    }

    /// <summary>The word that a name is told by: the first that is longer than an article, where it has a capital letter.</summary>
    private static int CapitalOf(Tokens name)
    {
        var telling = 0;
        while (telling < name.Count && name[telling].Length <= LongestArticle) telling++;
        if (telling == name.Count) telling = 0;
        return char.IsUpper(name[telling].First(name.Text)) ? telling : -1;
    }

    /// <summary>A name's stem: in Arabic without its article, which texts join to particles.</summary>
    private static int Own(ReadOnlySpan<char> word, string language, Span<char> room)
    {
        var length = Stem.Write(word, language, room);
        if (language != "ar" || length <= 4 || !room[..length].StartsWith("ال")) return length;
        room[2..length].CopyTo(room);
        return length - 2;
    }

    private static void FindWords(Tokens tokens, string language, Stems stems, List<Mention> mentions)
    {
        Span<char> key = stackalloc char[LongestName];
        for (var index = 0; index < tokens.Count; index++)
        {
            var (words, code, capital) = Longest(tokens, index, language, stems, key);
            if (code is null || capital >= 0 && tokens.Style == LetterCase.Mixed && !char.IsUpper(WithoutElision(tokens.Word(index + capital))[0])) continue;
            var (start, last) = (tokens[index].Start, tokens[index + words - 1]);
            mentions.Add(new Mention(code, index, words, start, last.Start + last.Length - start, NameKind.Country, null));
            index += words - 1;
        }
    }

    private static (int Words, string? Code, int Capital) Longest(Tokens tokens, int start, string language, Stems stems, Span<char> key)
    {
        var length = Stem.Write(WithoutElision(tokens.Word(start)), language, key);
        if (length == 0) return default;
        if (!stems.Lookup.TryGetValue(key[..length], out var entry))
        {
            if (language != "ar") return default;
            foreach (var prefix in Stem.ArabicPrefixes(key[..length]))
            {
                if (length - prefix < 2 || !stems.Lookup.TryGetValue(key[prefix..length], out entry)) continue;
                key[prefix..length].CopyTo(key);
                length -= prefix;
                break;
            }
            if (entry is null) return default;
        }
        var best = (Words: 1, entry.Code, entry.Capital);
        for (var words = 2; words <= entry.Words && start + words <= tokens.Count && !tokens[start + words - 1].Breaks && length + 1 < key.Length; words++)
        {
            key[length] = ' ';
            var added = Own(tokens.Word(start + words - 1), language, key[(length + 1)..]);
            if (added == 0) break;
            length += 1 + added;
            if (stems.Lookup.TryGetValue(key[..length], out var longer) && longer.Code is not null) best = (words, longer.Code, longer.Capital);
        }
        return best;
    }

    /// <summary>The word after "l'", "d'" or "dell'".</summary>
    private static ReadOnlySpan<char> WithoutElision(ReadOnlySpan<char> word)
    {
        var apostrophe = word[..Math.Min(word.Length, LongestElision)].IndexOfAny('\'', '’');
        return apostrophe > 0 ? word[(apostrophe + 1)..] : word;
    }

    private static string Folded(ReadOnlySpan<char> text) => string.Create(text.Length, text, static (folded, text) => Folding.Fold(text, folded));

    /// <summary>Katakana write whole words: "タイ" is no country in "タイトル".</summary>
    private static bool IsInWord(string folded, int start, int end) =>
        start > 0 && Folding.Joins(folded[start - 1], folded[start]) || end < folded.Length && Folding.Joins(folded[end - 1], folded[end]);

    private static void FindCharacters(string folded, Dictionary<char, (string Name, string? Code)[]> parts, List<Mention> mentions)
    {
        for (var index = 0; index < folded.Length; index++)
        {
            if (folded[index] < '\u2e80' && !char.IsAsciiLetter(folded[index]) || !parts.TryGetValue(folded[index], out var names)) continue;
            foreach (var (name, code) in names)
            {
                if (!folded.AsSpan(index).StartsWith(name) || IsInWord(folded, index, index + name.Length)) continue;
                if (code is not null) mentions.Add(new Mention(code, -1, 0, index, name.Length, NameKind.Country, null));
                index += name.Length - 1;
                break;
            }
        }
    }
}
