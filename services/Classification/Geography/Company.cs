using System.Collections.Frozen;
using Monitoring.Classification.Language;

namespace Monitoring.Classification.Geography;

/// <summary>
/// Decides by the company that a name keeps what it means: the state of Georgia among sheriffs, the country beside Armenia; London in
/// Ontario after a comma; no place at all where a given name stands before it or a surname after.
/// </summary>
internal sealed class Company(IReadOnlyDictionary<string, string[]> borders)
{
    private const int SameCountry = 4;
    private const int Neighbour = 1;
    private const long Dominant = 3;
    private const long Famous = 10;
    private const long Great = 1_000_000;

    /// <summary>Parties to a conflict: where the first alone is named, talk of it ("hostages", "ceasefire") implies the second.</summary>
    private static readonly (string Named, string Implied)[] Parties = [("PS", "IL"), ("RU", "UA")];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Before = Words("in near outside around across In Near Outside Around Across");
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> After = Words("state province region district municipality governorate oblast prefecture airport city");

    private readonly Persons persons = Persons.Load();

    /// <summary>How often each country is named beyond doubt, and how often a clue points to it.</summary>
    public Support Of(Tokens title, List<Hit> inTitle, Tokens text, List<Hit> inText)
    {
        var support = new Support();
        foreach (var hit in inTitle) Count(hit, title, support);
        foreach (var hit in inText) Count(hit, text, support);
        return support;
    }

    /// <summary>What the names of one field mean.</summary>
    public List<Mention> Decide(Tokens tokens, List<Hit> hits, Support around)
    {
        var mentions = new List<Mention>(hits.Count);
        for (var index = 0; index < hits.Count; index++)
        {
            var hit = hits[index];
            if (hit.Name.Kind == NameKind.Clue)
            {
                if (ImpliedBy(hit.Name, around) is { } implied) mentions.Add(MentionOf(implied, hit, tokens, place: null));
                continue;
            }
            if (IsPerson(hit, tokens) || index > 0 && IsCodeOf(hits[index - 1], hit, tokens)) continue;
            if (hit.Name.Kind == NameKind.Nothing)
            {
                if (hit.Name.Meanings.Count > 0) mentions.Add(MentionOf(null, hit, tokens, hit.Name.Meanings[0].Place));
                continue;
            }
            Hit? next = index + 1 < hits.Count && Follows(hit, hits[index + 1], tokens) ? hits[index + 1] : null;
            if (MeaningOf(hit, next, tokens, around) is { } meaning) mentions.Add(MentionOf(meaning.Code, hit, tokens, meaning.Place));
        }
        return mentions;
    }

    private static void Count(Hit hit, Tokens tokens, Support support)
    {
        var name = hit.Name;
        if (name.Kind == NameKind.Clue) foreach (var meaning in name.Meanings) support.AddClue(meaning.Code);
        else if (name.Kind is NameKind.Place or NameKind.Sign or NameKind.Abbreviation || name.IsOfCountry)
            if (name.IsCertain && !MayBeWord(name, tokens)) support.Add(name.Meanings[0].Code);
    }

    /// <summary>Among capitals "POLISH" and "FED" may be words; a country's own name is likelier the country.</summary>
    private static bool MayBeWord(Name name, Tokens tokens) => name.IsWord && name.Kind != NameKind.Country && tokens.Style == LetterCase.Upper;

    private static string? ImpliedBy(Name clue, Support around)
    {
        foreach (var (named, implied) in Parties)
            if (around.Of(named) > 0 && around.Of(implied) == 0 && clue.Means(implied)) return implied;
        return null;
    }

    private Meaning? MeaningOf(Hit hit, Hit? next, Tokens tokens, Support around)
    {
        var name = hit.Name;
        if (next is { } region && (name.Kind == NameKind.Place || name.IsOfCountry) && InRegion(name, region, tokens) is { } there) return there;
        if (MayBeWord(name, tokens)) return Supported(name, around);
        if (name.Kind == NameKind.CommonSign) return around.HasOther(name.Meanings[0].Code) ? null : name.Meanings[0];
        if (name.IsCertain) return name.Meanings[0];
        if (!IsFamous(name) && Supported(name, around) is { } supported) return supported;
        if (name.NeedsCompany && (name.Kind != NameKind.Place || !HasPlaceWord(hit, tokens))) return null;
        var first = name.Meanings[0];
        return name.Meanings.Count == 1 || first.Weight / Dominant > name.Meanings[1].Weight ? first : null;
    }

    /// <summary>
    /// "Paris, Texas", "London, Ont.", "San Jose, Costa Rica": what follows after a comma says where the place is. "Mumbai, IN" is in the
    /// country of that code, since one of the name is there; "Japan, Hawaii and Alaska" is a list.
    /// </summary>
    private static Meaning? InRegion(Name name, Hit next, Tokens tokens)
    {
        var region = next.Name;
        var code = region.Meanings.Count > 0 ? region.Meanings[0].Code : null;
        if (code is null) return null;
        if (region.Kind == NameKind.Abbreviation)
        {
            foreach (var meaning in name.Meanings) if (tokens.Word(next.First).SequenceEqual(meaning.Code)) return meaning;
        }
        foreach (var meaning in name.Meanings) if (meaning.Code == code) return meaning;
        var isTown = region.Kind == NameKind.Abbreviation
            || region.IsRegion && name.Kind == NameKind.Place && !name.IsRegion && region.IsCertain && code is "US" or "CA" or "AU" && Closes(next, tokens, name.Meanings[0].Weight >= Great);
        return isTown ? new Meaning(code, 0) : null;
    }

    /// <summary>
    /// Whether a region belongs to the name before it rather than to a list ("…, Texas and Ohio") or, after the name of a great city, to
    /// what follows ("Tehran, Texas officials say").
    /// </summary>
    private static bool Closes(Hit region, Tokens tokens, bool isGreat)
    {
        var next = region.First + region.Words;
        if (next == tokens.Count) return true;
        if (tokens[next].Breaks) return !(tokens.IsAfterComma(next) && char.IsUpper(tokens[next].First(tokens.Text)));
        return !isGreat && tokens.Word(next) is not ("and" or "or");
    }

    /// <summary>Whether one bearer of a name so outshines the others that only an addition ("London, Ontario") means another.</summary>
    private static bool IsFamous(Name name) =>
        !name.NeedsCompany && name.Kind == NameKind.Place && name.Meanings.Count > 1 && name.Meanings[0].Weight / Famous > name.Meanings[1].Weight;

    private Meaning? Supported(Name name, Support around)
    {
        (Meaning? best, var most, var second) = (null, 0, 0);
        foreach (var meaning in name.Meanings)
        {
            var points = SameCountry * around.Of(meaning.Code) + around.CluesOf(meaning.Code);
            if (name.Meanings.Count > 1) foreach (var neighbour in borders.GetValueOrDefault(meaning.Code, [])) points += Neighbour * around.Of(neighbour);
            if (points > most) (best, most, second) = (meaning, points, most);
            else if (points > second) second = points;
        }
        return most > second ? best : null;
    }

    private bool IsPerson(Hit hit, Tokens tokens)
    {
        if (hit.Words > 1 || !(hit.Name.Kind == NameKind.Place || hit.Name.IsOfCountry) || hit.Name.IsAcronym) return false;
        var next = hit.First + 1;
        return hit.First > 0 && !tokens[hit.First].Breaks && persons.IsGivenName(tokens, hit.First - 1)
            || next < tokens.Count && !tokens[next].Breaks && tokens[hit.First].Full == tokens[hit.First].Length && persons.IsGivenPlace(tokens, hit.First) && persons.IsSurname(tokens, next);
    }

    /// <summary>"near Jackson", "Merida state".</summary>
    private static bool HasPlaceWord(Hit hit, Tokens tokens)
    {
        var next = hit.First + hit.Words;
        return hit.First > 0 && !tokens[hit.First].Breaks && Before.Contains(tokens.Word(hit.First - 1))
            || next < tokens.Count && !tokens[next].Breaks && After.Contains(tokens.Word(next));
    }

    /// <summary>"Mumbai, IN": the code of the place's own country, not Indiana.</summary>
    private static bool IsCodeOf(Hit place, Hit hit, Tokens tokens)
    {
        if (hit.Name.Kind != NameKind.Abbreviation || !Follows(place, hit, tokens)) return false;
        foreach (var meaning in place.Name.Meanings) if (tokens.Word(hit.First).SequenceEqual(meaning.Code)) return true;
        return false;
    }

    private static bool Follows(Hit hit, Hit next, Tokens tokens) => next.First == hit.First + hit.Words && tokens.IsAfterComma(next.First);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static Mention MentionOf(string? code, Hit hit, Tokens tokens, Contracts.Place? place)
    {
        var (start, last) = (tokens[hit.First].Start, tokens[hit.First + hit.Words - 1]);
        return new Mention(code, hit.First, hit.Words, start, last.Start + last.Length - start, hit.Name.Kind, place);
    }
}

/// <summary>The countries that a report names beyond doubt.</summary>
internal sealed class Support
{
    private readonly List<(string Code, int Times, int Clues)> countries = [];

    public void Add(string code) => Add(code, times: 1, clues: 0);

    public void AddClue(string code) => Add(code, times: 0, clues: 1);

    public int Of(string code) => Find(code).Times;

    public int CluesOf(string code) => Find(code).Clues;

    /// <summary>Whether another country than this one is named.</summary>
    public bool HasOther(string code)
    {
        if (Of(code) > 0) return false;
        foreach (var country in countries) if (country.Times > 0 && country.Code != code) return true;
        return false;
    }

    private (string Code, int Times, int Clues) Find(string code)
    {
        foreach (var country in countries) if (country.Code == code) return country;
        return default;
    }

    private void Add(string code, int times, int clues)
    {
        for (var index = 0; index < countries.Count; index++)
        {
            if (countries[index].Code != code) continue;
            countries[index] = (code, countries[index].Times + times, countries[index].Clues + clues);
            return;
        }
        countries.Add((code, times, clues));
    }
}
