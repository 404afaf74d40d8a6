using Monitoring.Classification.Geography;

namespace Monitoring.Classification.Stories;

/// <summary>
/// Whether two titles are one sentence that tells of two: the frame is the same, and in one and the same slot of it stand other places,
/// other names, or other bodies (<c>Earthquake damages buildings in …</c>, <c>Data breach exposes files of … in Canada</c>). A name that
/// both tell, unless it is only a place's, makes them one event told with other words.
/// </summary>
internal static class Frames
{
    private const int FrameAtLeast = 2;
    private const int NameWeightAtLeast = 12;

    /// <summary>Names, adjectives and people of countries.</summary>
    private static readonly HashSet<int> OfCountries =
        [.. Table.Lines("countries.tsv").Where(fields => fields[1] is "country" or "people").SelectMany(fields => fields[2..])
            .Concat(Table.Lines("names.tsv").Where(fields => char.IsUpper(fields[0][0]) || fields[0][0] == '@').SelectMany(fields => fields[1..]))
            .SelectMany(name => name.Split([' ', '-', ',', '(', ')'])).Concat(["EU"]).Where(word => word.Length > 0 && char.IsUpper(word[0])).Select(Stems.HashOf)];

    /// <summary>What stands between two words of the frame, 0 being the title's ends.</summary>
    private readonly record struct Slot(int Before, int After, bool HasName, bool HasCountry, ulong Bodies, bool IsQualified, bool IsTold);

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
        var (theirs, isOneCountry) = (SlotsOf(other, report, null), report.Countries.Count > 0 && report.Countries.ToHashSet().SetEquals(other.Countries));
        return SlotsOf(report, other, told).Exists(mine => !mine.IsTold && theirs.Exists(slot => slot.Before == mine.Before && slot.After == mine.After && Differ(mine, slot, isOneCountry)));
    }

    /// <summary>Kyiv may be told as Ukraine, but a town not as another, nor a hospital as a university, or a steel maker as a car maker.</summary>
    private static bool Differ(Slot one, Slot other, bool isOneCountry) =>
        (one.HasName && other.HasName) || (one.Bodies != 0 && other.Bodies != 0 && ((one.Bodies & other.Bodies) == 0 || (one.IsQualified && other.IsQualified)))
        || (!isOneCountry && (one.HasCountry || one.HasName) && (other.HasCountry || other.HasName));

    /// <summary>A name, other than a place's. A first word is none for certain, since it has a capital whatever it is.</summary>
    public static bool IsOwnName(WeighedWord word) => word is { IsName: true, IsNumber: false, IsCapital: true, IsPlace: false, Position: > 1, Weight: >= NameWeightAtLeast };

    /// <summary>Whether the name of a country, or of its people, has this stem.</summary>
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
            var slot = new Slot { Before = before };
            for (; index < words.Count && !Has(other, words[index].Hash); index++)
            {
                var word = words[index];
                slot = slot with
                {
                    HasName = slot.HasName || (!IsOfCountry(word.Hash) && (word.IsPlace || word is { IsName: true, IsNumber: false, IsCapital: true })),
                    HasCountry = slot.HasCountry || IsOfCountry(word.Hash),
                    Bodies = slot.Bodies | Kinds.Bodies.Of(word.Hash),
                    IsQualified = slot.IsQualified || Kinds.Bodies.Of(word.Hash) == 0,
                    IsTold = slot.IsTold || told?.Contains(word.Hash) == true,
                };
            }
            before = index < words.Count ? words[index].Hash : 0;
            slots.Add(slot with { After = before });
        }
        return slots;
    }

    private static bool Has(Signature signature, int word)
    {
        foreach (var theirs in signature.Words) if (theirs.Hash == word) return true;
        return false;
    }
}
