using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Alerting.Alerts;

/// <summary>The parameters of the list of alerts; several values of one are separated by commas, and any of them fits.</summary>
internal sealed record AlertListParameters(
    [property: FromQuery, Description("firing, acknowledged, resolved")] string? State,
    [property: FromQuery, Description("info, low, medium, high, critical")] string? Severity,
    [property: FromQuery, Description("cyber, economic, climate, military")] string? Domain,
    [property: FromQuery, Description("ISO 3166-1 alpha-2 codes")] string? Country,
    [property: FromQuery, Description("Names of alliances")] string? Alliance,
    [property: FromQuery, Description("Ids or names of rules")] string? Rule,
    [property: FromQuery, Description("Ids of incidents")] string? IncidentId,
    [property: FromQuery, Description("Ids of alerts")] string? Id,
    [property: FromQuery, Description("Names of operators")] string? Assignee,
    [property: FromQuery, Description("A text that title or summary has")] string? Q,
    [property: FromQuery, Description("Changed after this time: the list is then oldest change first, so that one can follow it")] string? UpdatedAfter,
    [property: FromQuery, Description("First reported at this time or later")] string? From,
    [property: FromQuery, Description("First reported before this time")] string? To,
    [property: FromQuery, Description("1 to 1,000; 100 by default")] int? Limit,
    [property: FromQuery, Description("'next' of the page before")] string? Cursor);

/// <summary>Which alerts are asked for; what is <c>null</c> does not narrow.</summary>
internal sealed record AlertFilter
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];

    public string[]? States { get; init; }
    public string[]? Severities { get; init; }
    public string[]? Domains { get; init; }
    public string[]? Countries { get; init; }
    public string[]? Alliances { get; init; }
    public Guid[]? RuleIds { get; init; }
    public string[]? RuleNames { get; init; }
    public Guid[]? IncidentIds { get; init; }
    public Guid[]? Ids { get; init; }
    public string[]? Assignees { get; init; }
    public string? Text { get; init; }
    public DateTimeOffset? UpdatedAfter { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }

    /// <summary>Reads the parameters, or tells which is wrong.</summary>
    public static bool TryRead(AlertListParameters given, [NotNullWhen(true)] out AlertFilter? filter, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        ProblemHttpResult? first = null;
        var rules = Split(given.Rule);
        var read = new AlertFilter
        {
            States = Names<AlertState>("state", given.State),
            Severities = Names<Severity>("severity", given.Severity),
            Domains = Names<Domain>("domain", given.Domain),
            Countries = Checked("country", given.Country, "a country code of two letters, such as EE", code => code.Length == 2 && code.All(char.IsAsciiLetter), code => code.ToUpperInvariant()),
            Alliances = Split(given.Alliance),
            RuleIds = rules is null ? null : [.. rules.Where(rule => Guid.TryParse(rule, out _)).Select(Guid.Parse)],
            RuleNames = rules is null ? null : [.. rules.Where(rule => !Guid.TryParse(rule, out _))],
            IncidentIds = Checked("incidentId", given.IncidentId, "an id", id => Guid.TryParse(id, out _), Guid.Parse),
            Ids = Checked("id", given.Id, "an id", id => Guid.TryParse(id, out _), Guid.Parse),
            Assignees = Split(given.Assignee),
            Text = string.IsNullOrWhiteSpace(given.Q) ? null : given.Q.Trim(),
            UpdatedAfter = Time("updatedAfter", given.UpdatedAfter),
            From = Time("from", given.From),
            To = Time("to", given.To),
        };
        problem = first;
        filter = first is null ? read : null;
        return first is null;

        string[]? Names<T>(string name, string? text) where T : struct, Enum => Checked(name, text, $"one of {Wire<T>.Expected}", value => Wire<T>.TryParse(value, out _), value => value);

        T[]? Checked<T>(string name, string? text, string expected, Func<string, bool> fits, Func<string, T> read)
        {
            if (Split(text) is not { } values) return null;
            if (values.FirstOrDefault(value => !fits(value)) is not { } wrong) return [.. values.Select(read)];
            first ??= Problems.Parameter(name, expected, wrong);
            return null;
        }

        DateTimeOffset? Time(string name, string? text)
        {
            if (string.IsNullOrEmpty(text)) return null;
            if (DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return time;
            first ??= Problems.Parameter(name, "a time after RFC 3339, such as 2026-11-22T08:00:00Z", text);
            return null;
        }
    }

    private static string[]? Split(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } values ? values : null;
}
