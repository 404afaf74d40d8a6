using Monitoring.Contracts;

namespace Monitoring.Integration.Tests.Ordering;

/// <summary>Messages as the services would publish them.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Since = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public static Incident Incident(Guid id, int version, string title, Severity severity, IncidentState state = IncidentState.Open) => new()
    {
        Id = id,
        Version = version,
        State = state,
        Title = title,
        Summary = title,
        Domains = [Domain.Cyber],
        Probabilities = new Dictionary<Domain, double> { [Domain.Cyber] = 0.9, [Domain.Economic] = 0, [Domain.Climate] = 0, [Domain.Military] = 0 },
        Severity = severity,
        Confidence = 0.9,
        Countries = [new("EE", CountryRole.Affected)],
        Actors = [],
        Language = "en",
        Model = "test",
        Places = [],
        Members = [new("EE", ["EU", "NATO"])],
        Status = ReportStatus.Actual,
        Marking = new Marking(),
        FirstReportedAt = Since,
        CreatedAt = Since,
        UpdatedAt = Since.AddSeconds(version),
        ReportCount = 1,
    };

    public static ReceivedReport Report(Guid feed, string externalId, int revision, string title, ReportAction action = ReportAction.New) => new()
    {
        Id = Ids.Report(feed, externalId),
        Revision = revision,
        FeedId = feed,
        Feed = $"feed-{feed:N}",
        ReceivedAt = Since.AddSeconds(revision),
        Report = new Report { ExternalId = externalId, Title = title, Text = "Ransomware at a hospital in Estonia.", Action = action },
    };
}
