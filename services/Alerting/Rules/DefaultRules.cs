using Monitoring.Contracts;

namespace Monitoring.Alerting.Rules;

/// <summary>The rules that a new installation begins with: few, so that what they raise is looked at.</summary>
internal static class DefaultRules
{
    private const double Confidence = 0.5;

    public static IReadOnlyList<Rule> All(DateTimeOffset now, IReadOnlyList<Guid> channels) =>
    [
        Make("Critical, anywhere", Severity.Critical, now, channels),
        Make("High, touching NATO or the EU", Severity.High, now, channels) with { Alliances = ["NATO", "EU"] },
        Make("High, cyber", Severity.High, now, channels) with { Domains = [Domain.Cyber] },
        Make("High, military", Severity.High, now, channels) with { Domains = [Domain.Military] },
    ];

    private static Rule Make(string name, Severity minimum, DateTimeOffset now, IReadOnlyList<Guid> channels) => new()
    {
        Id = Ids.Named("rule", name),
        Name = name,
        Enabled = true,
        Domains = [],
        MinimumSeverity = minimum,
        MinimumConfidence = Confidence,
        Countries = [],
        Alliances = [],
        Channels = channels,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
