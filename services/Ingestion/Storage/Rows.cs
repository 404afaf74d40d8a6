using Monitoring.Contracts;

namespace Monitoring.Ingestion.Storage;

/// <summary>A source that posts.</summary>
internal sealed class FeedRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required Reliability Reliability { get; set; }
    /// <summary>Of reports that bear none.</summary>
    public Marking? Marking { get; set; }
    /// <summary>Reports per second; 0 is unlimited.</summary>
    public required int RateLimit { get; set; }
    public required bool IsEnabled { get; set; }
    /// <summary>The name of the format that it speaks, where its posts do not say.</summary>
    public string? Format { get; set; }
    /// <summary>For each field of a report the header of the CSV column that it stands in.</summary>
    public IReadOnlyDictionary<string, string>? Columns { get; set; }
    /// <summary>The house that it belongs to: what several feeds of one house tell was told once.</summary>
    public string? Family { get; set; }
    /// <summary>BCP 47; of reports that bear none.</summary>
    public string? Language { get; set; }
    /// <summary>The member state that answers for it, ISO 3166-1 alpha-2.</summary>
    public string? Owner { get; set; }
    /// <summary>How often something is to be heard from it; what was learned counts where nobody says.</summary>
    public TimeSpan? ExpectedEvery { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public List<FeedKeyRow> Keys { get; init; } = [];
    /// <summary><c>null</c> while nothing was heard of it and nothing is expected.</summary>
    public FeedHealthRow? Health { get; init; }
}

/// <summary>How a feed is.</summary>
internal sealed class FeedHealthRow
{
    public required Guid FeedId { get; init; }
    public required FeedHealth State { get; init; }
    /// <summary>When that was found.</summary>
    public required DateTimeOffset Since { get; init; }
    public DateTimeOffset? LastHeardAt { get; init; }
    /// <summary>From then on it is late.</summary>
    public DateTimeOffset? ExpectedBy { get; init; }
}

/// <summary>An hour in which a feed was heard, with a bit for each minute.</summary>
internal sealed class FeedHourRow
{
    public required Guid FeedId { get; init; }
    public required DateTimeOffset Hour { get; init; }
    public required long Minutes { get; init; }
}

/// <summary>A key that a feed posts with, of which only the digest is known.</summary>
internal sealed class FeedKeyRow
{
    public required Guid Id { get; init; }
    public required Guid FeedId { get; init; }
    public required byte[] Digest { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A report as it stands: its newest revision's number and digest.</summary>
internal sealed class ReportRow
{
    public required Guid Id { get; init; }
    public required Guid FeedId { get; init; }
    public required string ExternalId { get; init; }
    /// <summary>When its first revision came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>When its newest revision came.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
    public required int Revision { get; init; }
    public required byte[] Digest { get; init; }
}

/// <summary>A revision, with the bytes that the feed sent.</summary>
internal sealed class ReportRevisionRow
{
    public required Guid ReportId { get; init; }
    public required int Revision { get; init; }
    public required byte[] Digest { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required ReportAction Action { get; init; }
    public required string Format { get; init; }
    public required byte[] Raw { get; init; }
    public string? TraceId { get; init; }
}

/// <summary>What a post under an Idempotency-Key did with one item.</summary>
internal sealed class IdempotentItemRow
{
    public required Guid FeedId { get; init; }
    public required string Key { get; init; }
    public required int ItemIndex { get; init; }
    public required byte[] Digest { get; init; }
    public required int Revision { get; init; }
    public required bool IsDuplicate { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A post under an Idempotency-Key that was read to its end, by the digest of its items.</summary>
internal sealed class IdempotentPostRow
{
    public required Guid FeedId { get; init; }
    public required string Key { get; init; }
    public required byte[] Digest { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a feed sent and was refused.</summary>
internal sealed class QuarantineRow
{
    public required Guid Id { get; init; }
    public required Guid FeedId { get; init; }
    public FeedRow? Feed { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string Format { get; init; }
    public required int ItemIndex { get; init; }
    /// <summary>What is wrong with it, as JSON.</summary>
    public required string Problems { get; set; }
    public required byte[] Raw { get; init; }
    public required bool IsTruncated { get; init; }
    public string? TraceId { get; init; }
}
