using Monitoring.Ingestion.Polling;

namespace Monitoring.Ingestion.Storage;

/// <summary>From where a feed is fetched and how often, and how that stands.</summary>
internal sealed class PollRow
{
    public required Guid FeedId { get; init; }
    public FeedRow? Feed { get; init; }
    public required string Address { get; set; }
    public required PollKind Kind { get; set; }
    public required TimeSpan Every { get; set; }
    public required bool IsEnabled { get; set; }
    /// <summary>See <see cref="PollSecrets"/>.</summary>
    public byte[]? Credentials { get; set; }
    /// <summary>Counts changes of the above: what a fetch found under an earlier one is not written down.</summary>
    public required int Revision { get; set; }
    public string? Etag { get; set; }
    public string? LastModified { get; set; }
    /// <summary>How far a TAXII collection was read.</summary>
    public TaxiiPosition? Position { get; set; }
    public required DateTimeOffset NextAt { get; set; }
    public Guid? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public int Failures { get; set; }
    public DateTimeOffset? LastPolledAt { get; set; }
    /// <summary>The HTTP status of the last answer; none where there was none.</summary>
    public int? LastStatus { get; set; }
    public string? LastError { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
