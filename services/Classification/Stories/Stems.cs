using Monitoring.Classification.Language;

namespace Monitoring.Classification.Stories;

/// <summary>A word as stories compare it: the hash of its stem, how it was written, and where, counted from 1 with all words and ends of clauses.</summary>
internal readonly record struct Stem(int Hash, bool IsSmall, bool IsNumber, int Position);

/// <summary>
/// Cuts a title into stems: small letters, English endings off, words that say nothing left out. Scripts without spaces are cut into
/// pairs of characters.
/// </summary>
internal static class Stems
{
    private const int ShortestStem = 3;

    // Longest first.
    private static readonly string[] Endings = ["ations", "ingly", "ation", "edly", "ings", "ing", "ers", "ies", "ied", "ed", "es", "er", "s", "e", "y"];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Silent = new HashSet<string>(
        ("a an the of to in on for and or at by with from as is are was were be been it its this that these those has have had will would could should can may might "
        + "not no new after before over under about into than then more most says said say how why what who where when which his her their our your my he she they we "
        + "you i up out off amid against between during vs via near around make makes made s t re ll d ve us").Split(' ')).GetAlternateLookup<ReadOnlySpan<char>>();

    public static List<Stem> Of(Tokens tokens)
    {
        var stems = new List<Stem>(tokens.Count);
        Span<char> small = stackalloc char[64];
        var position = 0;
        for (var index = 0; index < tokens.Count; index++)
        {
            var word = tokens.Word(index);
            position += tokens[index].Breaks ? 2 : 1;
            if (word.Length > small.Length) word = word[..small.Length];
            if (IsWithoutSpaces(word[0]))
            {
                for (var at = 0; at < Math.Max(1, word.Length - 1); at++) stems.Add(new(Hash(word.Slice(at, Math.Min(2, word.Length))), false, false, position++));
                continue;
            }
            var length = 0;
            var isNumber = char.IsAsciiDigit(word[0]);
            foreach (var character in word)
                if (character is not ('.' or ',') || (isNumber && character == '.')) small[length++] = char.ToLowerInvariant(character);
            var written = small[..length];
            if (written.IsEmpty || Silent.Contains(written)) continue;
            stems.Add(new(Hash(isNumber ? written : WithoutEnding(written)), char.IsLower(word[0]), isNumber, position));
        }
        return stems;
    }

    /// <summary>The same in every process and version (FNV-1a).</summary>
    public static int Hash(ReadOnlySpan<char> text)
    {
        var hash = 2166136261;
        foreach (var character in text) hash = (hash ^ character) * 16777619;
        return (int)hash;
    }

    public static int HashOf(string word) => Hash(WithoutEnding(word.ToLowerInvariant()));

    private static ReadOnlySpan<char> WithoutEnding(ReadOnlySpan<char> word)
    {
        foreach (var ending in Endings)
            if (word.Length - ending.Length >= ShortestStem && word.EndsWith(ending, StringComparison.Ordinal)) return word[..^ending.Length];
        return word;
    }

    /// <summary>Han, Kana, Thai, Lao, Khmer and Burmese letters.</summary>
    private static bool IsWithoutSpaces(char character) =>
        character is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\u0E00' and <= '\u0EFF') or (>= '\u1780' and <= '\u17FF') or (>= '\u1000' and <= '\u109F');
}
