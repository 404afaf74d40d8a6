namespace Monitoring.World;

/// <summary>What binds the members of an <see cref="Alliance"/>.</summary>
public enum AllianceKind
{
    /// <summary>A treaty of several states that makes the defence of one the matter of all.</summary>
    Alliance,
    /// <summary>A union or regional organisation, with or without such a clause.</summary>
    Organisation,
    /// <summary>Cooperation in arms, intelligence or forces, without a defence clause.</summary>
    Partnership,
    /// <summary>Regular talks.</summary>
    Dialogue,
    /// <summary>A treaty of two states.</summary>
    Treaty,
}

/// <summary>States that act together for their security, with the time of each membership.</summary>
public sealed class Alliance
{
    private readonly (string Country, Period Period)[] memberships;

    internal Alliance(string name, string fullName, IReadOnlyList<string> aliases, AllianceKind kind, bool mutualDefence, IEnumerable<(string Country, Period Period)> memberships)
    {
        (Name, FullName, Aliases, Kind, MutualDefence) = (name, fullName, aliases, kind, mutualDefence);
        this.memberships = [.. memberships];
    }

    /// <summary>Short name in capitals, unique, and never that of a country code: <c>NATO</c>, <c>EU</c>, <c>FIVE EYES</c>.</summary>
    public string Name { get; }
    /// <summary>Name in full.</summary>
    public string FullName { get; }
    /// <summary>Other names, such as <c>OTAN</c>.</summary>
    public IReadOnlyList<string> Aliases { get; }
    public AllianceKind Kind { get; }
    /// <summary>Whether its treaty has a clause of mutual defence or assistance.</summary>
    public bool MutualDefence { get; }

    /// <summary>The countries that ever were members.</summary>
    internal IEnumerable<string> EverMembers => memberships.Select(membership => membership.Country).Distinct();

    /// <summary>Whether the country, by its ISO 3166-1 alpha-2 code, was a member on that day.</summary>
    public bool HasMember(string country, DateOnly at) =>
        Array.Exists(memberships, membership => membership.Country == country && membership.Period.Contains(at));

    /// <summary>The members on that day, by code, in alphabetical order.</summary>
    public IReadOnlyList<string> Members(DateOnly at) =>
        [.. memberships.Where(membership => membership.Period.Contains(at)).Select(membership => membership.Country).Order(StringComparer.Ordinal)];
}
