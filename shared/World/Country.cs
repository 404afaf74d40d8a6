using System.Collections.Frozen;

namespace Monitoring.World;

/// <summary>A country or territory with a code of ISO 3166-1 (or <c>XK</c>, or a withdrawn code such as <c>SU</c>).</summary>
/// <param name="Code">Alpha-2 code, upper case.</param>
/// <param name="Alpha3">Alpha-3 code, upper case; Kosovo, which ISO gives none, has <c>XKX</c>.</param>
/// <param name="Name">Short English name.</param>
/// <param name="Region"><c>Africa</c>, <c>Americas</c>, <c>Antarctica</c>, <c>Asia</c>, <c>Europe</c> or <c>Oceania</c>.</param>
/// <param name="From">First day, for states that ended; <c>null</c> for those that are.</param>
/// <param name="To">Last day, for states that ended.</param>
public sealed record Country(string Code, string Alpha3, string Name, string Region, DateOnly? From, DateOnly? To);

/// <summary>The countries of the world.</summary>
public static class Countries
{
    private static readonly FrozenDictionary<string, Country> ByCode = Read().ToFrozenDictionary(country => country.Code, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, Country> ByAlpha3 = ByCode.Values.ToFrozenDictionary(country => country.Alpha3, StringComparer.Ordinal);

    /// <summary>All of them, also those that ended, by code.</summary>
    public static IReadOnlyList<Country> All { get; } = [.. ByCode.Values.OrderBy(country => country.Code, StringComparer.Ordinal)];

    /// <summary>The country with this upper-case alpha-2 code, or <c>null</c>.</summary>
    public static Country? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The country with this upper-case alpha-3 code, or <c>null</c>.</summary>
    public static Country? FindByAlpha3(string code) => ByAlpha3.GetValueOrDefault(code);

    /// <summary>Whether this is the code of a country that exists, or did.</summary>
    public static bool IsKnown(string code) => ByCode.ContainsKey(code);

    /// <summary>The short English name, or the code itself where it is unknown.</summary>
    public static string NameOf(string code) => Find(code)?.Name ?? code;

    private static IEnumerable<Country> Read()
    {
        using var reader = new StreamReader(Resources.Open("countries.tsv"));
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            yield return new(fields[0], fields[1], fields[2], fields[3],
                From: fields.Length > 4 ? PartialDate.Parse(fields[4]).First : null,
                To: fields.Length > 5 ? PartialDate.Parse(fields[5]).Last : null);
        }
    }
}
