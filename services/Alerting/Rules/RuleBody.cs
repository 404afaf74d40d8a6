using Monitoring.Contracts;

namespace Monitoring.Alerting.Rules;

/// <summary>
/// A rule as it is posted or put: <c>name</c> is required; without the others it is on and matches any incident of at least medium
/// severity and a confidence of 0.5, and tells nobody.
/// </summary>
internal sealed record RuleBody
{
    private const int TextLength = 200;
    private const int ListLength = 300;

    public string? Name { get; init; }
    public bool? Enabled { get; init; }
    public IReadOnlyList<Domain>? Domains { get; init; }
    public Severity? MinimumSeverity { get; init; }
    /// <summary>Between 0 and 1.</summary>
    public double? MinimumConfidence { get; init; }
    /// <summary>ISO 3166-1 alpha-2 codes.</summary>
    public IReadOnlyList<string>? Countries { get; init; }
    /// <summary>Names of alliances, such as NATO.</summary>
    public IReadOnlyList<string>? Alliances { get; init; }
    /// <summary>A word or phrase of title or summary.</summary>
    public string? Text { get; init; }
    /// <summary>Ids of channels.</summary>
    public IReadOnlyList<Guid>? Channels { get; init; }

    /// <summary>What is wrong, by field.</summary>
    public Dictionary<string, string[]> Check()
    {
        var errors = new Dictionary<string, string[]>();
        if (!IsText(Name)) errors["name"] = [$"expected 1 to {TextLength} characters"];
        if (MinimumConfidence is not (null or (>= 0 and <= 1))) errors["minimumConfidence"] = ["expected a number from 0 to 1"];
        if (Text is not null && !IsText(Text)) errors["text"] = [$"expected a word or phrase of at most {TextLength} characters, or none"];
        if (Countries?.FirstOrDefault(code => code is not { Length: 2 } || !code.All(char.IsAsciiLetter)) is { } code) errors["countries"] = [$"expected country codes of two letters, found '{code}'"];
        if (Alliances?.FirstOrDefault(alliance => !IsText(alliance)) is { } name) errors["alliances"] = [$"expected names of alliances, found '{name}'"];
        foreach (var (field, length) in new[] { ("domains", Domains?.Count), ("countries", Countries?.Count), ("alliances", Alliances?.Count), ("channels", Channels?.Count) })
        {
            if (length > ListLength) errors[field] = [$"expected at most {ListLength} elements"];
        }
        return errors;
    }

    /// <summary>The rule, once it was checked.</summary>
    public Rule ToRule(Guid id, DateTimeOffset createdAt, DateTimeOffset updatedAt) => new()
    {
        Id = id,
        Name = Name!.Trim(),
        Enabled = Enabled ?? true,
        Domains = [.. (Domains ?? []).Distinct()],
        MinimumSeverity = MinimumSeverity ?? Severity.Medium,
        MinimumConfidence = MinimumConfidence ?? 0.5,
        Countries = [.. (Countries ?? []).Select(code => code.ToUpperInvariant()).Distinct()],
        Alliances = [.. (Alliances ?? []).Select(name => name.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)],
        Text = Text?.Trim(),
        Channels = [.. (Channels ?? []).Distinct()],
        CreatedAt = createdAt,
        UpdatedAt = updatedAt,
    };

    private static bool IsText(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= TextLength && !text.Any(char.IsControl);
}
