using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monitoring.Contracts;

/// <summary>How messages and stored documents are written: camel case, absent members left out. The APIs use the same names and keep nulls.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(ReceivedReport))]
[JsonSerializable(typeof(Verdict))]
[JsonSerializable(typeof(ReportsReceived))]
[JsonSerializable(typeof(IncidentsChanged))]
[JsonSerializable(typeof(AlertsChanged))]
[JsonSerializable(typeof(FeedHealthChanged))]
[JsonSerializable(typeof(TokenRevoked))]
[JsonSerializable(typeof(Page<Incident>))]
[JsonSerializable(typeof(Page<Alert>))]
[JsonSerializable(typeof(Page<Delivery>))]
public sealed partial class ContractsJson : JsonSerializerContext;
