using System.Collections.Frozen;

namespace Monitoring.Classification.Language;

/// <summary>Guesses the language of a text by its script and its commonest words; says nothing where these do not tell.</summary>
internal static class LanguageGuess
{
    private const int WordsRead = 200;

    private static readonly (string Tag, FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words)[] Latin =
    [
        ("en", Words("the of and to in is for on with that by at from as it was are be has have after over says will new not an")),
        ("de", Words("der die das und ist nicht von mit den dem ein eine auf für im zu des sich nach bei aus wird sind auch")),
        ("fr", Words("le la les des et est une dans pour sur du au aux par avec que qui ne pas ce son après selon été")),
        ("es", Words("el la los las de y en que un una por con para del se su al es más tras según ha fue como")),
        ("it", Words("il di che la e un una per con del della dei non sono gli nel alla ha dopo anche più dal è")),
        ("pt", Words("o a os as de e em que um uma por com para do da dos das não se na no após mais foi são")),
        ("nl", Words("de het een van en in is op te voor met dat zijn niet aan bij door naar ook na wordt heeft")),
    ];

    /// <summary>The BCP 47 tag, or <c>null</c>.</summary>
    public static string? Of(Tokens tokens)
    {
        var words = Math.Min(tokens.Count, WordsRead);
        if (words == 0) return null;
        if (Script(tokens, words) is { } byScript) return byScript;
        var (best, most, second) = ((string?)null, 0, 0);
        foreach (var (tag, common) in Latin)
        {
            var count = 0;
            for (var index = 0; index < words; index++) if (common.Contains(tokens.Word(index))) count++;
            if (count > most) (best, most, second) = (tag, count, most);
            else if (count > second) second = count;
        }
        return most > second && most * 12 >= words ? best : null;
    }

    private static string? Script(Tokens tokens, int words)
    {
        var (kana, han, hangul, arabic, cyrillic, ukrainian, other) = (0, 0, 0, 0, 0, 0, 0);
        for (var index = 0; index < words; index++)
        {
            foreach (var character in tokens.Word(index))
            {
                if (character is >= '\u3040' and <= '\u30ff') kana++;
                else if (character is >= '\u4e00' and <= '\u9fff') han++;
                else if (character is >= '\uac00' and <= '\ud7a3') hangul++;
                else if (character is >= '\u0600' and <= '\u06ff') arabic++;
                else if (character is >= '\u0400' and <= '\u04ff')
                {
                    cyrillic++;
                    if (character is 'і' or 'ї' or 'є' or 'ґ' or 'І' or 'Ї' or 'Є') ukrainian++;
                }
                else other++;
            }
        }
        if (kana + han > other) return kana * 10 > han ? "ja" : "zh";
        if (hangul > other) return "ko";
        if (arabic > other) return "ar";
        if (cyrillic > other) return ukrainian > 0 ? "uk" : "ru";
        return null;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
