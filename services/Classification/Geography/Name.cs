using Monitoring.Contracts;

namespace Monitoring.Classification.Geography;

/// <summary>What kind of thing a name names, which decides how much it tells of a country.</summary>
internal enum NameKind
{
    /// <summary>A country.</summary>
    Country,
    /// <summary>A country's adjective or its people.</summary>
    People,
    /// <summary>A city, region, water or mountain.</summary>
    Place,
    /// <summary>A government, parliament, agency, market or person that stands for one country.</summary>
    Sign,
    /// <summary>An office or firm that others have too: it tells where the text names no other country.</summary>
    CommonSign,
    /// <summary>Tells which of several places of one name is meant, and no more.</summary>
    Clue,
    /// <summary>A state or province by its abbreviation, after a comma alone.</summary>
    Abbreviation,
    /// <summary>A group or organisation, which is no place.</summary>
    Group,
    /// <summary>Of no country alone, or no place at all; keeps a shorter name inside from being found.</summary>
    Nothing,
}

/// <summary>One of the countries that a name may mean.</summary>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Weight">How likely it is meant where nothing else tells: people who live there; <see cref="Country"/> for a country.</param>
/// <param name="Place">The place, where the name names one and its coordinates are known.</param>
internal readonly record struct Meaning(string Code, long Weight, Place? Place = null)
{
    public const long Country = long.MaxValue / 8;
    public const long Capital = 20_000_000;
}

/// <summary>A name that the gazetteer knows.</summary>
internal sealed record Name
{
    public required NameKind Kind { get; init; }
    /// <summary>The likeliest first.</summary>
    public required IReadOnlyList<Meaning> Meanings { get; init; }
    public bool IsAcronym { get; init; }
    public bool IsCapitalised { get; init; }
    public bool IsRegion { get; init; }
    /// <summary>Also an ordinary word: never without a capital letter.</summary>
    public bool IsWord { get; init; }
    /// <summary>A small town, or also a common word or surname: a place only where its country or a word of place stands by.</summary>
    public bool NeedsCompany { get; init; }

    public bool IsCertain => Meanings.Count == 1 && !NeedsCompany;

    /// <summary>Of a country, be it the country itself or its adjective or people.</summary>
    public bool IsOfCountry => Kind is NameKind.Country or NameKind.People;

    public bool Means(string code)
    {
        foreach (var meaning in Meanings) if (meaning.Code == code) return true;
        return false;
    }

    public static Name Of(string text, NameKind kind, IReadOnlyList<Meaning> meanings) => new()
    {
        Kind = kind,
        Meanings = meanings,
        IsAcronym = text.Length > 1 && text.All(character => char.IsUpper(character) || character is '.' or '&') && text.Any(char.IsUpper),
        IsCapitalised = char.IsUpper(text[0]),
    };
}

/// <summary>A name in a text and the country that it means.</summary>
/// <param name="Code">ISO 3166-1 alpha-2; <c>null</c> for a place of no country alone.</param>
/// <param name="First">Index of the first word.</param>
/// <param name="Words">Number of words.</param>
/// <param name="Start">First UTF-16 code unit.</param>
/// <param name="Length">Length in UTF-16 code units.</param>
/// <param name="Kind">What the name names.</param>
/// <param name="Place">The place with its coordinates, where it is one.</param>
internal readonly record struct Mention(string? Code, int First, int Words, int Start, int Length, NameKind Kind, Place? Place);
