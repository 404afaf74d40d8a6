using System.Collections.Frozen;
using System.Globalization;
using Monitoring.Classification.Language;

namespace Monitoring.Classification.Judging;

/// <summary>What people suffered.</summary>
internal enum Harm { Death, Injury, Flight }

/// <summary>A number of people who came to harm, as a text gives it, and the words that give it.</summary>
internal readonly record struct Toll(Harm Harm, double People, int FirstWord, int LastWord);

/// <summary>Finds numbers beside words for death, injury and flight: "kills 12", "at least 40 people dead", "thousands displaced".</summary>
internal static class Casualties
{
    private const int Reach = 4;

    private static readonly FrozenDictionary<string, double>.AlternateLookup<ReadOnlySpan<char>> Numbers = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase)
    {
        ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11,
        ["twelve"] = 12, ["dozen"] = 12, ["dozens"] = 24, ["scores"] = 50, ["hundred"] = 100, ["hundreds"] = 200, ["thousand"] = 1_000, ["thousands"] = 2_000,
        ["million"] = 1_000_000, ["millions"] = 2_000_000,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Death =
        Words("kill kills killed killing dead die dies died death deaths toll fatalities bodies slain massacred");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Injury =
        Words("injured injures injuring wounded wounds hurt missing trapped casualties hospitalised hospitalized hostages abducted kidnapped");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Flight =
        Words("displaced displaces evacuated evacuate flee fled homeless stranded");

    /// <summary>The tolls of a text; a number counts for the nearest such word.</summary>
    public static IEnumerable<Toll> Find(Tokens tokens)
    {
        for (var index = 0; index < tokens.Count; index++)
        {
            if (Count(tokens, index) is not (> 0 and var count)) continue;
            if (Nearest(tokens, index) is { } toll) yield return toll with { People = count };
        }
    }

    private static Toll? Nearest(Tokens tokens, int number)
    {
        for (var distance = 1; distance <= Reach; distance++)
        {
            if (At(tokens, number, number + distance) is { } after) return after;
            if (At(tokens, number, number - distance) is { } before) return before;
        }
        return null;
    }

    private static Toll? At(Tokens tokens, int number, int word)
    {
        if (word < 0 || word >= tokens.Count || Broken(tokens, Math.Min(number, word), Math.Max(number, word))) return null;
        var text = tokens.Word(word);
        Harm? harm = Death.Contains(text) ? Harm.Death : Injury.Contains(text) ? Harm.Injury : Flight.Contains(text) ? Harm.Flight : null;
        return harm is { } known ? new Toll(known, 1, Math.Min(number, word), Math.Max(number, word)) : null;
    }

    private static bool Broken(Tokens tokens, int from, int to)
    {
        for (var index = from + 1; index <= to; index++) if (tokens[index].Breaks) return true;
        return false;
    }

    /// <summary>The number that a word stands for; 0 for other words, years and percentages.</summary>
    private static double Count(Tokens tokens, int index)
    {
        var word = tokens.Word(index);
        if (Numbers.TryGetValue(word, out var named)) return named;
        if (!char.IsDigit(word[0]) || !double.TryParse(word, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)) return 0;
        var isYear = word.Length == 4 && number is >= 1900 and <= 2100;
        var end = tokens[index].End;
        var isShare = end < tokens.Text.Length && tokens.Text[end] == '%';
        return isYear || isShare ? 0 : number;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
