using System.Buffers;

namespace Monitoring.Classification.Language;

/// <summary>How well reports in a language are judged.</summary>
internal enum LanguageSupport
{
    /// <summary>Not at all: what is said about such a report is a guess.</summary>
    None,

    /// <summary>By lists of words, with less confidence.</summary>
    Lexicon,

    /// <summary>By the trained model.</summary>
    Full,
}

/// <summary>Tells the language of a report by script, common words and runs of letters; says nothing where these do not tell.</summary>
internal static class Languages
{
    private const int WordsRead = 40;
    private const int KanaShare = 30;
    private const int HanRead = 200;

    /// <summary>The languages that are judged by lexicon.</summary>
    public static readonly IReadOnlyList<string> OfLexica = ["ar", "zh", "fr", "ru", "es", "de", "it", "pt", "uk", "ja"];

    /// <summary>Characters that only one of two languages writes, where a text has nothing but Han characters.</summary>
    private static readonly SearchValues<char> JapaneseOnly = SearchValues.Create("県気発戦経済対円図広権帯拡圏観検験渋沢込働峠売読変単悪応実黒歩浜辺壊撃総訳駅庁両闘択価徴隣転軽鉄銭関営労厳縄仏仮児処帰弾従徳恵戻払抜拠掲摂斉暁栃栄様満滝猟獣瀬稲穏窓竜粋継続縦繊聴臓艶蔵薬覇覚豊逓遅釈錬録闇陥険隠雑霊顕顔騒髄");
    private static readonly SearchValues<char> ChineseOnly = SearchValues.Create("发县战经济对东车门们这为与权带观检验价书买卖读变单恶应实写总译驿两关营劳严处归弹从转轻铁钱闻问间闭开阳阴队阶际陆险隐电响页项须预领题风飞饭馆马鱼鸟龙亿仅众优会传伤伦們這與從來對將會嗎呢吗吧你您她很没沒说說让讓");

    private static readonly (char From, char To, string Tag)[] Scripts =
    [
        ('Ͱ', 'Ͽ', "el"), ('\u1f00', '\u1fff', "el"), ('\u0590', '\u05ff', "he"), ('\u0530', '\u058f', "hy"), ('\u0900', '\u097f', "hi"),
        ('\u0980', '\u09ff', "bn"), ('\u0a00', '\u0a7f', "pa"), ('\u0a80', '\u0aff', "gu"), ('\u0b00', '\u0b7f', "or"), ('\u0b80', '\u0bff', "ta"),
        ('\u0c00', '\u0c7f', "te"), ('\u0c80', '\u0cff', "kn"), ('\u0d00', '\u0d7f', "ml"), ('\u0d80', '\u0dff', "si"), ('\u0e00', '\u0e7f', "th"),
        ('\u0e80', '\u0eff', "lo"), ('\u0f00', '\u0fff', "bo"), ('\u1000', '\u109f', "my"), ('\u10a0', '\u10ff', "ka"), ('\u1100', '\u11ff', "ko"),
        ('\u1200', '\u137f', "am"), ('\u1780', '\u17ff', "km"), ('\u3130', '\u318f', "ko"), ('\uac00', '\ud7a3', "ko"),
    ];

    private static readonly Dictionary<string, LanguageProfiles> Profiles = ReadProfiles();
    private static readonly LanguageProfiles Latin = Profiles["latin"];
    private static readonly LanguageProfiles Cyrillic = Profiles["cyrillic"];
    private static readonly LanguageProfiles Arabic = Profiles["arabic"];

    /// <summary>
    /// The BCP 47 tag of a report's language in the usual letters (<c>zh-Hant-TW</c>), or <c>null</c>. What the report says itself is
    /// believed, region and all, unless it is written in a script in which that language is not, or is clearly in another language that we
    /// read: feeds declare one language and send several.
    /// </summary>
    public static string? Of(Tokens title, Tokens text, string? told)
    {
        var script = Script.Of(title, text, WordsRead);
        if (told is { Length: > 1 } && Primary(told) is var primary && !primary.SequenceEqual("und") && !primary.SequenceEqual("mul") && script.MayBe(primary))
        {
            var profiles = ProfilesOf(script.Kind);
            return profiles?.Against(primary, title, text, WordsRead) is { } other && SupportOf(other) != LanguageSupport.None ? other : Normal(told);
        }
        return script.Kind switch
        {
            ScriptKind.Kana => "ja",
            ScriptKind.Han => ByHan(title, text),
            ScriptKind.Other => script.Tag,
            var kind => ProfilesOf(kind)?.Of(title, text, WordsRead),
        };
    }

    /// <summary>How well a language is judged. A text too short to tell its language is taken for English.</summary>
    public static LanguageSupport SupportOf(string? tag)
    {
        if (tag is null) return LanguageSupport.Full;
        var primary = Primary(tag);
        if (primary.Equals("en", StringComparison.OrdinalIgnoreCase)) return LanguageSupport.Full;
        foreach (var supported in OfLexica) if (primary.Equals(supported, StringComparison.OrdinalIgnoreCase)) return LanguageSupport.Lexicon;
        return LanguageSupport.None;
    }

    /// <summary>The language of a tag without its region: <c>pt</c> of <c>pt-BR</c>.</summary>
    public static ReadOnlySpan<char> Primary(string tag)
    {
        var end = tag.AsSpan().IndexOfAny('-', '_');
        return end < 0 ? tag : tag.AsSpan(0, end);
    }

    private static LanguageProfiles? ProfilesOf(ScriptKind script) => script switch
    {
        ScriptKind.Latin => Latin,
        ScriptKind.Cyrillic => Cyrillic,
        ScriptKind.Arabic => Arabic,
        _ => null,
    };

    /// <summary>A tag in the letters that RFC 5646 recommends: the language small, a script with a capital, a region in capitals.</summary>
    private static string Normal(string tag)
    {
        if (tag.All(char.IsAsciiLetterLower)) return tag;
        var subtags = tag.ToLowerInvariant().Split('-', '_');
        for (var index = 1; index < subtags.Length; index++)
        {
            if (subtags[index].Length == 2) subtags[index] = subtags[index].ToUpperInvariant();
            else if (subtags[index].Length == 4 && char.IsAsciiLetter(subtags[index][0])) subtags[index] = char.ToUpperInvariant(subtags[index][0]) + subtags[index][1..];
        }
        return string.Join('-', subtags);
    }

    private static string ByHan(Tokens title, Tokens text)
    {
        var japanese = Balance(title.Text, title) + Balance(text.Text, text);
        return japanese > 0 ? "ja" : "zh";
    }

    private static int Balance(string text, Tokens tokens)
    {
        var balance = 0;
        var end = tokens.Count == 0 ? 0 : tokens[Math.Min(tokens.Count, WordsRead) - 1].End;
        foreach (var character in text.AsSpan(0, Math.Min(end, HanRead)))
        {
            if (JapaneseOnly.Contains(character)) balance++;
            else if (ChineseOnly.Contains(character)) balance--;
        }
        return balance;
    }

    private static Dictionary<string, LanguageProfiles> ReadProfiles()
    {
        using var stream = typeof(Languages).Assembly.GetManifestResourceStream("Monitoring.Classification.Language.languages.tsv")
            ?? throw new InvalidOperationException("languages.tsv is not built in.");
        using var reader = new StreamReader(stream);
        var lists = new Dictionary<string, List<(string, string)>>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var columns = line.Split('\t');
            if (!lists.TryGetValue(columns[0], out var ofScript)) lists.Add(columns[0], ofScript = []);
            ofScript.Add((columns[1], columns[2]));
        }
        return lists.ToDictionary(list => list.Key, list => new LanguageProfiles(list.Value));
    }

    private enum ScriptKind { None, Latin, Cyrillic, Arabic, Kana, Han, Other }

    /// <summary>The script that most letters of a text are in, and for one that a single language writes, that language.</summary>
    private readonly record struct Script(ScriptKind Kind, string? Tag)
    {
        public static Script Of(Tokens title, Tokens text, int wordsRead)
        {
            Span<int> counts = stackalloc int[(int)ScriptKind.Other + 1];
            counts.Clear();
            string? tag = null;
            Count(title, wordsRead, counts, ref tag);
            Count(text, wordsRead, counts, ref tag);
            // A few kana among Han characters make a text Japanese: Chinese writes next to none.
            var eastAsian = counts[(int)ScriptKind.Kana] + counts[(int)ScriptKind.Han];
            if (eastAsian * 2 > Largest(counts, out var kind)) kind = counts[(int)ScriptKind.Kana] * KanaShare > eastAsian ? ScriptKind.Kana : ScriptKind.Han;
            return new(kind, tag);
        }

        /// <summary>Whether a language is written in this script at all; of languages that are not listed here it may be.</summary>
        public bool MayBe(ReadOnlySpan<char> language) => Kind switch
        {
            ScriptKind.None => true,
            ScriptKind.Latin => !Is(language, "ar", "fa", "ur", "he", "ru", "uk", "bg", "be", "mk", "el", "zh", "ja", "ko", "hi", "th", "ka", "hy", "bn", "ta"),
            ScriptKind.Cyrillic => Is(language, "ru", "uk", "bg", "be", "mk", "sr", "kk", "mn", "ky", "tg", "uz", "az", "bs", "tt", "ba", "cv", "ce", "os", "sh", "ro"),
            ScriptKind.Arabic => Is(language, "ar", "fa", "ur", "ps", "ku", "ckb", "sd", "ug", "pa", "ks", "az", "kk", "ky", "ms", "arz", "ary", "apc", "prs"),
            ScriptKind.Kana => Is(language, "ja"),
            ScriptKind.Han => Is(language, "zh", "ja", "yue", "wuu", "ko"),
            _ => language.Equals(Tag, StringComparison.OrdinalIgnoreCase) || !Is(language, "en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "ar", "zh", "ja", "pl", "tr"),
        };

        private static bool Is(ReadOnlySpan<char> language, params ReadOnlySpan<string> listed)
        {
            foreach (var tag in listed) if (language.Equals(tag, StringComparison.OrdinalIgnoreCase)) return true;
            return false;
        }

        private static int Largest(ReadOnlySpan<int> counts, out ScriptKind kind)
        {
            kind = ScriptKind.None;
            for (var index = 1; index < counts.Length; index++) if (counts[index] > counts[(int)kind]) kind = (ScriptKind)index;
            return counts[(int)kind];
        }

        private static void Count(Tokens tokens, int wordsRead, Span<int> counts, ref string? tag)
        {
            for (var index = 0; index < tokens.Count && index < wordsRead; index++)
            {
                var word = tokens.Word(index);
                foreach (var character in word[..Math.Min(word.Length, 40)])
                {
                    var kind = KindOf(character, ref tag);
                    if (kind != ScriptKind.None) counts[(int)kind]++;
                }
            }
        }

        private static ScriptKind KindOf(char character, ref string? tag)
        {
            if (character < 'ʰ') return char.IsLetter(character) ? ScriptKind.Latin : ScriptKind.None;
            switch (character)
            {
                case >= 'Ѐ' and <= 'ԯ': return ScriptKind.Cyrillic;
                case >= '\u0600' and <= '\u077f' or >= '\ufb50' and <= '\ufdff' or >= '\ufe70' and <= '\ufefe': return ScriptKind.Arabic;
                case >= '\u3041' and <= '\u30ff': return ScriptKind.Kana;
                case >= '\u3400' and <= '\u9fff': return ScriptKind.Han;
                case >= '\u1e00' and <= '\u1eff': return ScriptKind.Latin;
            }
            foreach (var (from, to, language) in Scripts)
            {
                if (character < from || character > to) continue;
                tag ??= language;
                return ScriptKind.Other;
            }
            return ScriptKind.None;
        }
    }
}
