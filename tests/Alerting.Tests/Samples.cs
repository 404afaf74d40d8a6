using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Channels;
using Monitoring.Alerting.Rules;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Tests;

/// <summary>An incident and a rule that match, for tests to change.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid Slack = Guid.Parse("00000000-0000-8000-8000-000000000001");
    public static readonly Guid Pager = Guid.Parse("00000000-0000-8000-8000-000000000002");

    public static Incident Incident { get; } = new()
    {
        Id = Guid.Parse("00000000-0000-8000-8000-0000000000aa"),
        Version = 1,
        State = IncidentState.Open,
        Title = "Ransomware halts the port of Tallinn",
        Summary = "Terminal systems were encrypted overnight.",
        Domains = [Domain.Cyber],
        Probabilities = new Dictionary<Domain, double> { [Domain.Cyber] = 0.98 },
        Severity = Severity.High,
        Confidence = 0.9,
        Countries = [new("RU", CountryRole.Actor), new("EE", CountryRole.Affected), new("FI", CountryRole.Mentioned)],
        Actors = [],
        Model = "test",
        Places = [],
        Members = [new("EE", ["NATO", "EU"])],
        Status = ReportStatus.Actual,
        Marking = new Marking(),
        FirstReportedAt = Now.AddMinutes(-5),
        CreatedAt = Now,
        UpdatedAt = Now,
        ReportCount = 1,
        TraceId = "0123456789abcdef0123456789abcdef",
    };

    public static Rule Rule { get; } = new()
    {
        Id = Guid.Parse("00000000-0000-8000-8000-0000000000bb"),
        Name = "Ports",
        Enabled = true,
        Domains = [],
        MinimumSeverity = Severity.Info,
        MinimumConfidence = 0,
        Countries = [],
        Alliances = [],
        Channels = [Slack],
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    /// <summary>The alert that <see cref="Rule"/> raises about <see cref="Incident"/>.</summary>
    public static KeptAlert Raised(Severity severity = Severity.High) => Evaluation.Evaluate(null, Rule, Incident with { Severity = severity }, Now)!.After;

    public static Notification Notification(string kind = "raised") => new()
    {
        Id = Guid.Parse("00000000-0000-8000-8000-0000000000cc"),
        Event = kind,
        Alert = Raised().View,
        Link = new Uri("https://watch.example/alerts/1"),
    };

    public static Channel Channel(IChannelType type, string url = "https://hooks.example/T0/B0/secret", string? secret = null) => new()
    {
        Id = Slack,
        Name = "watch floor",
        Type = type,
        Url = new Uri(url),
        Secret = secret,
        Enabled = true,
        MaxInFlight = 2,
        Version = 1,
        CreatedAt = Now,
        UpdatedAt = Now,
    };
}
