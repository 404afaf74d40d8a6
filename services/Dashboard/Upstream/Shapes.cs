using System.Text.Json;
using System.Text.Json.Serialization;
using Monitoring.Contracts;

namespace Monitoring.Dashboard.Upstream;

/// <summary>An item of <c>GET /v1/failures</c>.</summary>
public sealed record Failure(Guid Id, string Kind, string Payload, string Reason, DateTimeOffset FailedAt, string? TraceId);

/// <summary>Of <c>GET /v1/reports/{id}</c> what is shown: the newest revision; no report where its bytes cannot be read any more.</summary>
public sealed record ReportView(Guid Id, int Revision, Report? Report);

/// <summary>Of a feed in <c>GET /v1/feeds</c> what is shown where it is late or silent.</summary>
internal sealed record QuietFeed(Guid Id, string Name, FeedHealth Health, DateTimeOffset? LastHeardAt);

/// <summary>How other services' answers are read: only what is shown, and members that are not known are passed over.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Page<Alert>))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(ReportView))]
[JsonSerializable(typeof(Page<QuietFeed>))]
[JsonSerializable(typeof(Page<Failure>))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class UpstreamJson : JsonSerializerContext;
