namespace Monitoring.Contracts;

/// <summary>What Classification makes of a report, with its reasons.</summary>
public sealed record Verdict
{
    public required IReadOnlyList<Domain> Domains { get; init; }
    /// <summary>For every domain, between 0 and 1.</summary>
    public required IReadOnlyDictionary<Domain, double> Probabilities { get; init; }
    public required Severity Severity { get; init; }
    /// <summary>Of the domains as a whole, between 0 and 1.</summary>
    public required double Confidence { get; init; }
    public required IReadOnlyList<CountryFinding> Countries { get; init; }
    /// <summary>The places in the text whose coordinates are known, in its order.</summary>
    public IReadOnlyList<Place> Places { get; init; } = [];
    public required IReadOnlyList<ActorFinding> Actors { get; init; }
    public string? Language { get; init; }
    /// <summary>The version of what judged.</summary>
    public required string Model { get; init; }
    public required IReadOnlyList<Evidence> Evidence { get; init; }
}

/// <summary>A country and its part; <c>Code</c> is ISO 3166-1 alpha-2.</summary>
public sealed record CountryFinding(string Code, CountryRole Role);

/// <summary>A named group or organisation and its part.</summary>
public sealed record ActorFinding(string Name, ActorRole Role);

/// <summary>
/// A span of the report that moved a decision, or a hint of the feed. Of a domain and of severity, the weights add up to the score: what is
/// not named singly stands under <c>rest</c>, and what the model adds to any report under <c>bias</c>.
/// </summary>
public sealed record Evidence
{
    /// <summary>
    /// What it speaks for: a domain's name, <c>severity</c>, <c>country:XX</c> or <c>actor:NAME</c>; or <c>language</c>, without weight, where
    /// the text's language is not supported, so that all that is said rests on hints and on what is usual.
    /// </summary>
    public required string For { get; init; }
    /// <summary><c>title</c>, <c>text</c>, <c>hints</c>, <c>places</c>, <c>language</c>, <c>rest</c> or <c>bias</c>.</summary>
    public required string Field { get; init; }
    /// <summary>First UTF-16 code unit of the span in its field.</summary>
    public required int Start { get; init; }
    /// <summary>Length of the span in UTF-16 code units.</summary>
    public required int Length { get; init; }
    public required string Text { get; init; }
    /// <summary>Contribution to the score; negative where it speaks against.</summary>
    public required double Weight { get; init; }
    /// <summary>In an incident of several reports, the one whose span it is.</summary>
    public Guid? ReportId { get; init; }
}

/// <summary>One event in the world, as far as we know.</summary>
public sealed record Incident
{
    /// <summary><see cref="Ids.Incident"/> of its first report.</summary>
    public required Guid Id { get; init; }
    /// <summary>One more for each change; a lower one never overwrites a higher one.</summary>
    public required int Version { get; init; }
    public required IncidentState State { get; init; }
    public Guid? MergedInto { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required IReadOnlyList<Domain> Domains { get; init; }
    public required IReadOnlyDictionary<Domain, double> Probabilities { get; init; }
    public required Severity Severity { get; init; }
    public required double Confidence { get; init; }
    public required IReadOnlyList<CountryFinding> Countries { get; init; }
    public required IReadOnlyList<ActorFinding> Actors { get; init; }
    public string? Language { get; init; }
    public required string Model { get; init; }
    /// <summary>Why; left out of messages, which carry only what their readers decide by.</summary>
    public IReadOnlyList<Evidence>? Evidence { get; init; }
    public required IReadOnlyList<Place> Places { get; init; }
    /// <summary>Of the affected and acting countries those that are members of an alliance today.</summary>
    public required IReadOnlyList<MemberFinding> Members { get; init; }
    public required ReportStatus Status { get; init; }
    public required Marking Marking { get; init; }
    public required DateTimeOffset FirstReportedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>After this time the source no longer stands by it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>
    /// Of the Admiralty code, by how many independent publishers tell it and how reliable they are: 1 confirmed, 2 probably true, 3 possibly
    /// true, 4 doubtful, 5 improbable, 6 cannot be judged.
    /// </summary>
    // To be set, not only initialised: the generated reader would give 0 where an older message has none.
    public int Credibility { get; set; } = 6;
    /// <summary>The fields that an analyst corrected, of <c>domains</c>, <c>severity</c> and <c>countries</c>: they stay as they are whatever further reports say.</summary>
    public IReadOnlyList<string>? Corrected { get; init; }
    public required int ReportCount { get; init; }
    public IReadOnlyList<IncidentReport>? Reports { get; init; }
    /// <summary>The W3C trace id of the post that caused this version.</summary>
    public string? TraceId { get; init; }
}

/// <summary>A member state that an incident touches, with its alliances.</summary>
public sealed record MemberFinding(string Country, IReadOnlyList<string> Alliances);

/// <summary>A report of an incident; <c>Feed</c> is the feed's name.</summary>
public sealed record IncidentReport(Guid Id, string Feed, string ExternalId, int Revision, ReportAction Action, string? Url, DateTimeOffset ReceivedAt);
