namespace Monitoring.Contracts;

/// <summary>
/// One item that a feed sent, in the system's own words: the shape that <c>POST /v1/reports</c> takes and that every other format maps into.
/// Only a title or a text is required. Times are UTC.
/// </summary>
public sealed record Report
{
    /// <summary>The feed's own, stable name of the item, at most 512 characters; a digest of the content where the feed has none.</summary>
    public required string ExternalId { get; init; }
    public string? Title { get; init; }
    public string? Text { get; init; }
    public DateTimeOffset? OccurredAt { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public string? Url { get; init; }
    /// <summary>BCP 47 language tag of title and text, where the feed tells it.</summary>
    public string? Language { get; init; }
    public ReportStatus Status { get; init; } = ReportStatus.Actual;
    public ReportAction Action { get; init; } = ReportAction.New;
    /// <summary>External ids, within the same feed, of the reports that an update or a cancellation speaks of.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
    public IReadOnlyList<Place> Places { get; init; } = [];
    public Hints? Hints { get; init; }
    public Marking? Marking { get; init; }
    /// <summary>What the feed said and the report has no field for.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}

/// <summary>A named place; latitude and longitude in degrees of WGS 84, both or neither.</summary>
public sealed record Place
{
    public string? Name { get; init; }
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }
    public double? Lat { get; init; }
    public double? Lon { get; init; }
}

/// <summary>What the feed itself thinks of the item.</summary>
public sealed record Hints
{
    public IReadOnlyList<Domain> Domains { get; init; } = [];
    public Severity? Severity { get; init; }
    /// <summary>ISO 3166-1 alpha-2 codes.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];
    public IReadOnlyList<string> Actors { get; init; } = [];
}

/// <summary>Who may see it: a TLP 2.0 label, and members or alliances it may be released to.</summary>
public sealed record Marking
{
    public Tlp Tlp { get; init; } = Tlp.Clear;
    /// <summary>Country codes and alliance names; <c>null</c> is unrestricted, an empty list is the originator alone.</summary>
    public IReadOnlyList<string>? ReleasableTo { get; init; }
}

/// <summary>A revision of a report as Ingestion accepted it.</summary>
public sealed record ReceivedReport
{
    /// <summary><see cref="Ids.Report"/> of the feed's id and the external id.</summary>
    public required Guid Id { get; init; }
    /// <summary>1 for the first content under this id, one more for each change.</summary>
    public required int Revision { get; init; }
    public required Guid FeedId { get; init; }
    /// <summary>The feed's name.</summary>
    public required string Feed { get; init; }
    /// <summary>The feed's.</summary>
    // To be set, not only initialised: the generated reader would give the first value, A, where an older message has none.
    public Reliability Reliability { get; set; } = Reliability.F;
    /// <summary>The publisher's house, where several feeds belong to one: what they tell was told once.</summary>
    public string? Family { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>The W3C trace id of the post that brought it, which the logs of all services carry.</summary>
    public string? TraceId { get; init; }
    public required Report Report { get; init; }
}
