using System.Globalization;
using Monitoring.Contracts;

namespace Monitoring.Classification.Rejudging;

/// <summary>An incident as it is, and as it would be by another model; corrected fields are the same in both.</summary>
internal sealed record Rejudged(Incident Before, Incident After)
{
    public bool Domains => !Before.Domains.ToHashSet().SetEquals(After.Domains);

    public bool Severity => Before.Severity != After.Severity;

    public bool Countries => !Before.Countries.ToHashSet().SetEquals(After.Countries);

    public bool Changes => Domains || Severity || Countries;

    /// <summary>What changes, from what to what, in a line.</summary>
    public override string ToString()
    {
        var changes = new List<string>(3);
        if (Domains) changes.Add($"domains {Names(Wire<Domain>.NamesOf(Before.Domains))} → {Names(Wire<Domain>.NamesOf(After.Domains))}");
        if (Severity) changes.Add($"severity {Wire<Severity>.Name(Before.Severity)} → {Wire<Severity>.Name(After.Severity)}");
        if (Countries) changes.Add($"countries {Names(Before.Countries.Select(Name))} → {Names(After.Countries.Select(Name))}");
        return string.Create(CultureInfo.InvariantCulture, $"{Before.Id} {Before.FirstReportedAt:yyyy-MM-dd HH:mm} {string.Join("; ", changes)}  «{Before.Title}»");
    }

    private static string Name(CountryFinding country) => $"{country.Code} {Wire<CountryRole>.Name(country.Role)}";

    private static string Names(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";
}

/// <summary>A bounded part of what is judged again.</summary>
/// <param name="Incidents">All that were looked at.</param>
/// <param name="Reports">How many reports were judged.</param>
/// <param name="Already">How many were not, since the model had judged them already.</param>
/// <param name="Last">Where the next part begins; <c>null</c> where this is the last one.</param>
internal sealed record RejudgedGroup(IReadOnlyList<Rejudged> Incidents, int Reports, int Already, RejudgePlace? Last);

/// <summary>A place in the order of incidents by their first report.</summary>
internal sealed record RejudgePlace(DateTimeOffset At, Guid Id);

/// <summary>Which incidents are judged again: those first reported from the one time until before the other.</summary>
internal sealed record RejudgePeriod(DateTimeOffset From, DateTimeOffset To);
