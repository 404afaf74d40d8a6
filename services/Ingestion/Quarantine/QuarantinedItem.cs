using System.Security.Cryptography;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Intake;

namespace Monitoring.Ingestion.Quarantine;

/// <summary>What a feed sent and was refused, with the reason.</summary>
internal sealed record QuarantinedItem
{
    /// <summary>Follows from feed, format and bytes: the same item refused again is the same entry.</summary>
    public required Guid Id { get; init; }
    public required Guid FeedId { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string Format { get; init; }
    public required int Index { get; init; }
    public required IReadOnlyList<FormatProblem> Problems { get; init; }
    public required byte[] Raw { get; init; }
    public required bool IsTruncated { get; init; }
    public string? TraceId { get; init; }

    public static QuarantinedItem Of(IntakeItem item, FormatProblem problem) => new()
    {
        Id = IdOf(item.Feed.Id, item.Format, item.Raw),
        FeedId = item.Feed.Id,
        ReceivedAt = item.ReceivedAt,
        Format = item.Format,
        Index = item.Index,
        Problems = [problem],
        Raw = item.Raw,
        IsTruncated = false,
        TraceId = item.TraceId,
    };

    public static Guid IdOf(Guid feedId, string format, byte[] raw) =>
        Ids.Named("quarantined", $"{feedId:N} {format} {Convert.ToHexStringLower(SHA256.HashData(raw))}");
}
