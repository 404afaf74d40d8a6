using System.Collections.Frozen;
using System.Text.Json;

namespace Monitoring.World;

/// <summary>
/// Alliances, unions and treaties with dated memberships. The facts were compiled by hand from the treaties and the organisations' own
/// lists of members, and may be used freely (CC0); the day of a membership may be off by one where sources disagree.
/// </summary>
public static class Alliances
{
    private sealed record Entry(string Name, string FullName, string[] Aliases, string Kind, bool MutualDefence, Dictionary<string, string> Members);

    private static readonly FrozenDictionary<string, Alliance> ByName;
    private static readonly FrozenDictionary<string, Alliance[]> ByCountry;

    static Alliances()
    {
        All = Read();
        var names = All.SelectMany(alliance => alliance.Aliases.Append(alliance.Name).Append(alliance.FullName).Select(name => (name, alliance)));
        ByName = names.DistinctBy(entry => entry.name, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(entry => entry.name, entry => entry.alliance, StringComparer.OrdinalIgnoreCase);
        ByCountry = All.SelectMany(alliance => alliance.EverMembers.Select(country => (country, alliance)))
            .GroupBy(entry => entry.country, entry => entry.alliance, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>All of them, also those that ended.</summary>
    public static IReadOnlyList<Alliance> All { get; }

    /// <summary>The alliance of this name, alias or full name, in any case; or <c>null</c>.</summary>
    public static Alliance? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The names of the alliances that the country, by its ISO 3166-1 alpha-2 code, was a member of on that day.</summary>
    public static IReadOnlyList<string> Of(string country, DateOnly at) =>
        ByCountry.TryGetValue(country, out var alliances) ? [.. alliances.Where(alliance => alliance.HasMember(country, at)).Select(alliance => alliance.Name)] : [];

    /// <summary>The members of the alliance, by name or alias, on that day; none where nothing has that name.</summary>
    public static IReadOnlyList<string> Members(string alliance, DateOnly at) => Find(alliance)?.Members(at) ?? [];

    private static List<Alliance> Read()
    {
        using var stream = Resources.Open("alliances.json");
        return [.. JsonSerializer.Deserialize<Entry[]>(stream, JsonSerializerOptions.Web)!.Select(Make)];
    }

    /// <summary>The file groups the members by their time: <c>"1995-01-01": "AT FI SE"</c>, <c>"1973-01-01/2020-01-31": "GB"</c>.</summary>
    private static Alliance Make(Entry entry) => new(
        entry.Name, entry.FullName, entry.Aliases, Enum.Parse<AllianceKind>(entry.Kind, ignoreCase: true), entry.MutualDefence,
        entry.Members.SelectMany(group => group.Value.Split(' ').Select(country => (country, Period.Parse(group.Key)))));
}
