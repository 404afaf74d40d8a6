namespace Monitoring.Classification.Geography;

/// <summary>
/// Takes the endings off words, so that a country's name is found in every case and its adjective in every gender. Light on purpose: it
/// only has to do the same to the names and to the texts.
/// </summary>
internal static class Stem
{
    private const int Shortest = 4;
    private const int ShortestName = 5;

    // The longest endings first.
    private static readonly string[] German = ["en", "em", "er", "es", "e", "n", "s"];
    private static readonly string[] French = ["es", "e", "s"];
    private static readonly string[] Romance = ["os", "as", "es", "o", "a", "e", "i", "s"];
    private static readonly string[] Slavic =
    [
        "овом", "евом", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "ова", "ове", "ову", "ові", "ева", "еве", "еву", "ой", "ей", "ом", "ем", "ам", "ям", "ах", "ях", "ую", "юю", "ая", "яя", "ое", "ее", "ые", "ие",
        "ый", "ий", "ых", "их", "ым", "им", "ою", "ею", "єю", "ів", "ов", "ев", "а", "я", "о", "е", "є", "и", "і", "ї", "ы", "у", "ю", "ь", "й",
    ];

    /// <summary>Writes the stem of a word in lower case; its length, 0 for a word too long to be a name.</summary>
    public static int Write(ReadOnlySpan<char> word, string language, Span<char> room)
    {
        if (word.Length > room.Length) return 0;
        var length = word.ToLowerInvariant(room);
        if (language == "ar") return Plain(room, length);
        var endings = language switch
        {
            "de" => German,
            "fr" => French,
            "ru" or "uk" => Slavic,
            _ => Romance,
        };
        foreach (var ending in endings)
            if (length - ending.Length >= (IsOfNames(ending) ? ShortestName : Shortest) && room[..length].EndsWith(ending)) return length - ending.Length;
        return length;
    }

    /// <summary>"Харьков" and "Харькова" are one, but "Ростов" is not growth ("рост").</summary>
    private static bool IsOfNames(string ending) => ending.Length > 1 && ending[1] == 'в';

    /// <summary>Arabic letters that are written now with, now without their sign; and without the article.</summary>
    private static int Plain(Span<char> room, int length)
    {
        var kept = 0;
        for (var index = 0; index < length; index++)
        {
            var letter = room[index];
            if (letter is >= '\u064b' and <= '\u0652' or '\u0640') continue;
            room[kept++] = letter switch { 'أ' or 'إ' or 'آ' => 'ا', 'ى' => 'ي', 'ة' => 'ه', _ => letter };
        }
        return kept;
    }

    /// <summary>How many letters of article and particles stand before an Arabic word's own: <c>ال</c>, <c>وال</c>, <c>لل</c>, <c>و</c>, <c>ب</c>.</summary>
    public static ReadOnlySpan<int> ArabicPrefixes(ReadOnlySpan<char> word)
    {
        if (word.StartsWith("وال") || word.StartsWith("بال") || word.StartsWith("فال") || word.StartsWith("كال")) return [3, 1];
        if (word.StartsWith("لل") || word.StartsWith("ال")) return [2];
        return word.Length > 3 && word[0] is 'و' or 'ب' or 'ل' or 'ف' or 'ك' ? [1] : [];
    }
}
