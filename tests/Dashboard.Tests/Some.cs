using Monitoring.Contracts;
using Monitoring.Dashboard.Live;

namespace Monitoring.Dashboard.Tests;

/// <summary>Things that tests are about.</summary>
internal static class Some
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    /// <summary>An alert that is known by its number: the higher, the newer.</summary>
    public static Alert Alert(
        int number, int version = 1, AlertState state = AlertState.Firing, Severity severity = Severity.High, string title = "Something happened",
        Domain[]? domains = null, string[]? countries = null, string[]? alliances = null, string? assignee = null) => new()
        {
            Id = Id(number),
            Version = version,
            State = state,
            Severity = severity,
            Title = title,
            Summary = "",
            Rule = new(Guid.Empty, "A rule"),
            IncidentId = Guid.Empty,
            IncidentVersion = 1,
            Domains = domains ?? [Domain.Cyber],
            Countries = countries ?? ["EE"],
            Alliances = alliances ?? ["NATO"],
            Confidence = 0.9,
            Marking = new(),
            RaisedAt = Noon.AddSeconds(number),
            CreatedAt = Noon.AddSeconds(number),
            UpdatedAt = Noon.AddSeconds(number + version),
            FirstReportedAt = Noon.AddSeconds(number),
            Assignee = assignee,
        };

    public static BoardRow Row(Alert alert) => BoardRow.Of(alert, new BoardRow.Shared());

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
