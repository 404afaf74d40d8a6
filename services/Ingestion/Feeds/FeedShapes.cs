using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Storage;

namespace Monitoring.Ingestion.Feeds;

/// <summary>
/// A feed to be made. <c>RateLimit</c> is in reports per second, 0 is unlimited; without a reliability it is F, "cannot be judged".
/// <c>Columns</c> names for each field of a report the header of the CSV column that it stands in; <c>ExpectedEvery</c> is written
/// <c>hh:mm:ss</c>, <c>d.hh:mm:ss</c> or as an ISO 8601 duration.
/// </summary>
internal sealed record NewFeed(
    string? Name, Reliability? Reliability, Marking? Marking, int? RateLimit, bool? Enabled, string? Format, IReadOnlyDictionary<string, string>? Columns,
    string? Family, string? Language, string? Owner, string? ExpectedEvery);

/// <summary>What to change of a feed; what is absent stays, and what may be missing is taken away by <c>null</c>.</summary>
internal sealed record FeedChange(
    Reliability? Reliability, JsonElement Marking, int? RateLimit, bool? Enabled, JsonElement Format, JsonElement Columns,
    JsonElement Family, JsonElement Language, JsonElement Owner, JsonElement ExpectedEvery);

/// <summary>A feed. <c>ExpectedBy</c> is from when on it is late; <c>Key</c> is shown once, when it is made.</summary>
internal sealed record FeedView(
    Guid Id, string Name, Reliability Reliability, Marking? Marking, int RateLimit, bool Enabled, string? Format, IReadOnlyDictionary<string, string>? Columns,
    string? Family, string? Language, string? Owner, TimeSpan? ExpectedEvery, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    FeedHealth Health, DateTimeOffset? HealthSince, DateTimeOffset? LastHeardAt, DateTimeOffset? ExpectedBy,
    IReadOnlyList<FeedKeyView> Keys, string? Key = null)
{
    public static FeedView Of(FeedRow feed) => new(
        feed.Id, feed.Name, feed.Reliability, feed.Marking, feed.RateLimit, feed.IsEnabled, feed.Format, feed.Columns,
        feed.Family, feed.Language, feed.Owner, feed.ExpectedEvery, feed.CreatedAt, feed.UpdatedAt,
        feed.Health?.State ?? FeedHealth.Unknown, feed.Health?.Since, feed.Health?.LastHeardAt, feed.Health?.ExpectedBy,
        [.. feed.Keys.OrderBy(key => key.CreatedAt).Select(FeedKeyView.Of)]);
}

/// <summary>A feed's key; <c>Key</c> itself is shown once, when it is made.</summary>
internal sealed record FeedKeyView(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt, string? Key = null)
{
    public static FeedKeyView Of(FeedKeyRow key) => new(key.Id, key.CreatedAt, key.RevokedAt);
}

/// <summary>A format that feeds may speak.</summary>
internal sealed record FormatView(string Name, IReadOnlyList<string> ContentTypes, FormatLimits Limits, string Example);

/// <summary>All formats.</summary>
internal sealed record FormatList(IReadOnlyList<FormatView> Items);
