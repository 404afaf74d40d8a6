using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Monitoring.Contracts;

namespace Monitoring.Classification.Incidents;

/// <summary>The parameters of <c>GET /v1/incidents</c> as they were sent. Lists are separated by commas; times are RFC 3339.</summary>
internal sealed record IncidentListRequest
{
    [FromQuery(Name = "domain")] public string? Domain { get; init; }
    [FromQuery(Name = "severity")] public string? Severity { get; init; }
    [FromQuery(Name = "country")] public string? Country { get; init; }
    [FromQuery(Name = "alliance")] public string? Alliance { get; init; }
    [FromQuery(Name = "state")] public string? State { get; init; }
    [FromQuery(Name = "from")] public string? From { get; init; }
    [FromQuery(Name = "to")] public string? To { get; init; }
    [FromQuery(Name = "updatedAfter")] public string? UpdatedAfter { get; init; }
    [FromQuery(Name = "q")] public string? Text { get; init; }
    [FromQuery(Name = "reportId")] public string? ReportId { get; init; }
    [FromQuery(Name = "include")] public string? Include { get; init; }
    [FromQuery(Name = "limit")] public int? Limit { get; init; }
    [FromQuery(Name = "cursor")] public string? Cursor { get; init; }
}

/// <summary>A parameter that cannot be understood.</summary>
internal sealed record ParameterProblem(string Name, string Expected, string Found);

/// <summary>What a list of incidents is narrowed to; an absent list is no condition.</summary>
internal sealed record IncidentFilter
{
    private const int TextAtMost = 200;

    public string[]? Domains { get; private set; }
    public string[]? Severities { get; private set; }
    public string[]? Countries { get; private set; }
    public string[]? Alliances { get; private set; }
    public string[]? States { get; private set; }
    public DateTimeOffset? From { get; private set; }
    public DateTimeOffset? To { get; private set; }
    public DateTimeOffset? UpdatedAfter { get; private set; }
    public string? Text { get; private set; }
    public Guid? ReportId { get; private set; }
    public bool IncludeReports { get; private set; }

    /// <summary>Understands a request, or tells which parameter is wrong.</summary>
    public static IncidentFilter? Read(IncidentListRequest request, out ParameterProblem? problem)
    {
        ParameterProblem? first = null;
        void Refuse(string name, string expected, string found) => first ??= new(name, expected, found);
        var filter = new IncidentFilter
        {
            Domains = List(request.Domain, name => Wire<Domain>.TryParse(name, out _) ? name : null, found => Refuse("domain", $"some of {Wire<Domain>.Expected}", found)),
            Severities = List(request.Severity, name => Wire<Severity>.TryParse(name, out _) ? name : null, found => Refuse("severity", $"some of {Wire<Severity>.Expected}", found)),
            States = List(request.State, name => Wire<IncidentState>.TryParse(name, out _) ? name : null, found => Refuse("state", $"some of {Wire<IncidentState>.Expected}", found)),
            Countries = List(request.Country, code => World.Countries.Find(code.ToUpperInvariant())?.Code, found => Refuse("country", "codes of ISO 3166-1 alpha-2", found)),
            Alliances = List(request.Alliance, name => World.Alliances.Find(name)?.Name, found => Refuse("alliance", "names of alliances such as NATO", found)),
            From = Time(request.From, found => Refuse("from", "a date and time of RFC 3339", found)),
            To = Time(request.To, found => Refuse("to", "a date and time of RFC 3339", found)),
            UpdatedAfter = Time(request.UpdatedAfter, found => Refuse("updatedAfter", "a date and time of RFC 3339", found)),
            Text = string.IsNullOrEmpty(request.Text) ? null : request.Text,
            IncludeReports = request.Include is not null,
        };
        if (filter.Text is { } text && (text.Length > TextAtMost || text.Contains('\0'))) Refuse("q", $"a text of at most {TextAtMost} characters", text);
        if (request.ReportId is { } id)
        {
            if (Guid.TryParse(id, out var reportId)) filter.ReportId = reportId;
            else Refuse("reportId", "the id of a report", id);
        }
        if (request.Include is not (null or "reports")) Refuse("include", "reports", request.Include);
        problem = first;
        return first is null ? filter : null;
    }

    private static string[]? List(string? list, Func<string, string?> known, Action<string> refuse)
    {
        if (list is null) return null;
        var names = list.Split(',', StringSplitOptions.TrimEntries);
        foreach (var name in names) if (known(name) is null) refuse(name);
        return [.. names.Select(known).OfType<string>()];
    }

    private static DateTimeOffset? Time(string? text, Action<string> refuse)
    {
        if (text is null) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return time;
        refuse(text);
        return null;
    }
}
