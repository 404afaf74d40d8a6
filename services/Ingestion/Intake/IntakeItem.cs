using Monitoring.Contracts;
using Monitoring.Ingestion.Feeds;

namespace Monitoring.Ingestion.Intake;

/// <summary>A report on its way into the database.</summary>
internal sealed record IntakeItem
{
    public required KnownFeed Feed { get; init; }
    /// <summary><see cref="Ids.Report"/>.</summary>
    public required Guid Id { get; init; }
    public required Report Report { get; init; }
    /// <summary><see cref="Formats.ReportDigest"/>.</summary>
    public required byte[] Digest { get; init; }
    public required byte[] Raw { get; init; }
    public required string Format { get; init; }
    /// <summary>Its place in the post.</summary>
    public required int Index { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public string? TraceId { get; init; }
    public PostKey? Key { get; init; }
}

/// <summary>The Idempotency-Key of a post.</summary>
/// <param name="Value">The header's value.</param>
/// <param name="SettledDigest">
/// Where an earlier post under this key was read to its end: the digest of its items. Then nothing but what that post did may be answered.
/// </param>
internal sealed record PostKey(string Value, byte[]? SettledDigest);

internal enum IntakeOutcome
{
    /// <summary>A new revision.</summary>
    Accepted,
    /// <summary>What the newest revision says already.</summary>
    Duplicate,
    /// <summary>The database would not take it, even alone; it is in quarantine.</summary>
    Refused,
    /// <summary>Its Idempotency-Key stands for something else.</summary>
    KeyReused,
}

/// <summary>What became of an item.</summary>
internal readonly record struct IntakeResult(IntakeOutcome Outcome, int Revision);

/// <summary>The newest revision of a report.</summary>
internal readonly record struct Head(int Revision, byte[] Digest);
