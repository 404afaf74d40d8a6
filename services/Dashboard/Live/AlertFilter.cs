using Microsoft.AspNetCore.Http.Extensions;
using Monitoring.Contracts;

namespace Monitoring.Dashboard.Live;

/// <summary>
/// Which alerts someone looks at, as it stands in the address: <c>state</c> (a state, <c>open</c> or <c>all</c>; open when absent),
/// <c>severity</c>, <c>domain</c> (both repeatable, or separated by commas), <c>country</c> (ISO 3166-1 alpha-2), <c>alliance</c>,
/// <c>q</c> (words of the title) and <c>id</c> (one alert, whatever its state).
/// </summary>
public sealed record AlertFilter
{
    public static Choice<AlertState> OpenStates { get; } = Choice<AlertState>.Of([AlertState.Firing, AlertState.Acknowledged]);

    /// <summary>All that is open: what an operator sees first.</summary>
    public static AlertFilter Open { get; } = new();

    public Choice<AlertState> States { get; init; } = OpenStates;
    public Choice<Severity> Severities { get; init; }
    public Choice<Domain> Domains { get; init; }
    public string? Country { get; init; }
    public string? Alliance { get; init; }
    public string? Text { get; init; }
    public Guid? AlertId { get; init; }

    public bool Matches(BoardRow row) =>
        (AlertId is { } id
            ? row.Id == id
            : States.Contains(row.State))
        && (Severities.IsEmpty || Severities.Contains(row.Severity))
        && (Domains.IsEmpty || Domains.Meets(row.Domains))
        && (Country is null || Array.IndexOf(row.Countries, Country) >= 0)
        && (Alliance is null || row.Alliances.Contains(Alliance, StringComparer.OrdinalIgnoreCase))
        && (Text is null || row.Title.Contains(Text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The filter as a query, always the same text for the same filter: for addresses of this service and of Alerting's list.</summary>
    public string ToQuery()
    {
        var query = new QueryBuilder();
        if (AlertId is { } id) query.Add("id", id.ToString());
        else query.Add("state", States.Names);
        if (!Severities.IsEmpty) query.Add("severity", Severities.Names);
        if (!Domains.IsEmpty) query.Add("domain", Domains.Names);
        if (Country is not null) query.Add("country", Country);
        if (Alliance is not null) query.Add("alliance", Alliance);
        if (Text is not null) query.Add("q", Text);
        return query.ToString();
    }

    /// <summary>Reads a filter from an address; <paramref name="problem"/> says in a sentence what is wrong with it.</summary>
    public static bool TryParse(IQueryCollection query, out AlertFilter filter, out string? problem)
    {
        filter = Open;
        problem = null;
        if (!TryStates(Values(query, "state"), out var states)) problem = $"state is one of open, all, {Wire<AlertState>.Expected}.";
        if (!TryChoice<Severity>(Values(query, "severity"), out var severities)) problem = $"severity is one of {Wire<Severity>.Expected}.";
        if (!TryChoice<Domain>(Values(query, "domain"), out var domains)) problem = $"domain is one of {Wire<Domain>.Expected}.";
        var country = Text(query, "country")?.ToUpperInvariant();
        if (country is not null && !(country.Length == 2 && country.All(char.IsAsciiLetterUpper))) problem = "country is a code of two letters, such as EE.";
        Guid? id = null;
        if (Text(query, "id") is { } given)
        {
            if (Guid.TryParse(given, out var parsed)) id = parsed;
            else problem = "id is the id of an alert.";
        }
        if (problem is not null) return false;
        filter = new AlertFilter
        {
            States = id is null ? states : Choice<AlertState>.All,
            Severities = severities,
            Domains = domains,
            Country = country,
            Alliance = Text(query, "alliance"),
            Text = Text(query, "q"),
            AlertId = id,
        };
        return true;

        static string? Text(IQueryCollection query, string key) => query[key].ToString().Trim() is { Length: > 0 and <= 200 } text ? text : null;
    }

    private static string[] Values(IQueryCollection query, string key) =>
        [.. query[key].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static bool TryStates(string[] names, out Choice<AlertState> states)
    {
        states = names switch
        {
            [] or ["open"] => OpenStates,
            ["all"] => Choice<AlertState>.All,
            _ => default,
        };
        return !states.IsEmpty || TryChoice(names, out states);
    }

    private static bool TryChoice<T>(string[] names, out Choice<T> choice) where T : struct, Enum
    {
        choice = default;
        foreach (var name in names)
        {
            if (!Wire<T>.TryParse(name, out var value)) return false;
            choice = choice.With(value);
        }
        return true;
    }
}
