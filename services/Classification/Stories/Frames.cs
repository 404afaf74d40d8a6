using Monitoring.World;

namespace Monitoring.Classification.Stories;

/// <summary>
/// Whether two titles are one sentence that tells of two: the frame is the same, and in one and the same slot of it stand other names, or
/// other whole phrases (<c>Earthquake damages buildings in …</c>, <c>Data breach exposes files of … in Canada</c>). A name that both tell,
/// unless it is only a country's, makes them one event told with other words.
/// </summary>
internal static class Frames
{
    private const int FrameAtLeast = 2;
    private const int NameWeightAtLeast = 12;

    private static readonly HashSet<int> OfCountries =
        [.. Countries.All.SelectMany(country => country.Name.Split([' ', '-', ',', '(', ')'])).Concat(["US", "UK", "EU", "U.S"]).Select(Stems.HashOf)];

    /// <summary>What stands between two words of the frame, 0 being the title's ends.</summary>
    private readonly record struct Slot(int Before, int After, bool HasName, bool IsPhrase, bool IsTold);

    /// <param name="report">A report.</param>
    /// <param name="other">A report of an incident.</param>
    /// <param name="told">All words of the incident.</param>
    /// <returns>Whether the report tells of another event in the words of <paramref name="other"/>.</returns>
    public static bool Contradict(Signature report, Signature other, HashSet<int> told)
    {
        var (longest, shared) = (Math.Max(report.Sentence.Count, other.Sentence.Count), 0);
        foreach (var word in report.Sentence)
        {
            if (!Has(other, word.Hash)) continue;
            if (IsOwnName(word)) return false;
            shared++;
        }
        if (shared < FrameAtLeast || shared * 2 < longest) return false;
        var theirs = SlotsOf(other, report, null);
        return SlotsOf(report, other, told).Exists(mine => !mine.IsTold && theirs.Exists(slot => slot.Before == mine.Before && slot.After == mine.After
            && ((slot.HasName && mine.HasName) || (slot.IsPhrase && mine.IsPhrase && shared * 3 >= longest * 2))));
    }

    /// <summary>A name, other than a country's. A first word is none for certain, since it has a capital whatever it is.</summary>
    public static bool IsOwnName(WeighedWord word) =>
        word is { IsName: true, IsNumber: false, IsCapital: true, Position: > 1, Weight: >= NameWeightAtLeast } && !OfCountries.Contains(word.Hash);

    /// <summary>Whether the name of a country has this stem.</summary>
    public static bool IsOfCountry(int stem) => OfCountries.Contains(stem);

    private static List<Slot> SlotsOf(Signature one, Signature other, HashSet<int>? told)
    {
        var (slots, words, before) = (new List<Slot>(), one.Sentence, 0);
        for (var index = 0; index < words.Count; index++)
        {
            if (Has(other, words[index].Hash))
            {
                before = words[index].Hash;
                continue;
            }
            var (name, word, isTold) = (false, false, false);
            for (; index < words.Count && !Has(other, words[index].Hash); index++)
            {
                name |= words[index] is { IsPlace: true } or { IsName: true, IsNumber: false, IsCapital: true };
                word |= !words[index].IsNumber;
                isTold |= told?.Contains(words[index].Hash) == true;
            }
            var next = index < words.Count ? words[index] : default;
            // A word like "of" or a comma after it ends a phrase; a word of the frame does not: "gloomy news" may be "bad news".
            slots.Add(new(before, next.Hash, name, word && (next.Position == 0 || next.Position > words[index - 1].Position + 1), isTold));
            before = next.Hash;
        }
        return slots;
    }

    private static bool Has(Signature signature, int word)
    {
        foreach (var theirs in signature.Words) if (theirs.Hash == word) return true;
        return false;
    }
}
