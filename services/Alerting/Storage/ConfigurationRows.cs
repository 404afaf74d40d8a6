using Monitoring.Alerting.Rules;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Storage;

internal sealed class RuleRow
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required bool Enabled { get; set; }
    public required string[] Domains { get; set; }
    public required string MinimumSeverity { get; set; }
    public required double MinimumConfidence { get; set; }
    public required string[] Countries { get; set; }
    public required string[] Alliances { get; set; }
    public string? Text { get; set; }
    public required Guid[] Channels { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class ChannelRow
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required string Type { get; set; }
    /// <summary>Encrypted.</summary>
    public required string Url { get; set; }
    /// <summary>Encrypted.</summary>
    public string? Secret { get; set; }
    public required bool Enabled { get; set; }
    public string? DisabledReason { get; set; }
    public required int MaxInFlight { get; set; }
    public required int Version { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A part of the configuration that was applied; <c>Digest</c> tells when it says something new.</summary>
internal sealed class SeedRow
{
    public required string Name { get; init; }
    public required string Digest { get; set; }
    public required DateTimeOffset AppliedAt { get; set; }
}

internal static class RuleMapping
{
    public static Rule ToRule(this RuleRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Enabled = row.Enabled,
        Domains = [.. row.Domains.Select(Wire<Domain>.Parse)],
        MinimumSeverity = Wire<Severity>.Parse(row.MinimumSeverity),
        MinimumConfidence = row.MinimumConfidence,
        Countries = row.Countries,
        Alliances = row.Alliances,
        Text = row.Text,
        Channels = row.Channels,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };

    public static RuleRow ToRow(this Rule rule) => new()
    {
        Id = rule.Id,
        Name = rule.Name,
        Enabled = rule.Enabled,
        Domains = Wire<Domain>.NamesOf(rule.Domains),
        MinimumSeverity = Wire<Severity>.Name(rule.MinimumSeverity),
        MinimumConfidence = rule.MinimumConfidence,
        Countries = [.. rule.Countries],
        Alliances = [.. rule.Alliances],
        Text = rule.Text,
        Channels = [.. rule.Channels],
        CreatedAt = rule.CreatedAt,
        UpdatedAt = rule.UpdatedAt,
    };

    /// <summary>Makes the row say what the rule says.</summary>
    public static void Take(this RuleRow row, Rule rule)
    {
        var taken = rule.ToRow();
        (row.Name, row.Enabled, row.Text) = (taken.Name, taken.Enabled, taken.Text);
        (row.Domains, row.Countries, row.Alliances, row.Channels) = (taken.Domains, taken.Countries, taken.Alliances, taken.Channels);
        (row.MinimumSeverity, row.MinimumConfidence, row.UpdatedAt) = (taken.MinimumSeverity, taken.MinimumConfidence, taken.UpdatedAt);
    }
}
