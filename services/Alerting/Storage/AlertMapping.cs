using System.Text.Json;
using Monitoring.Alerting.Alerts;
using Monitoring.Contracts;
using Npgsql;

namespace Monitoring.Alerting.Storage;

internal static class AlertMapping
{
    /// <summary>The columns in the order that <see cref="ReadAlert"/> wants.</summary>
    public const string Columns =
        "id, version, state, severity, title, summary, rule_id, rule_name, incident_id, incident_version, domains, countries, alliances, confidence, tlp, "
        + "releasable_to, raised_at, created_at, updated_at, first_reported_at, assignee, trace_id, held_at, told, expires_at";

    public static AlertRow ReadAlert(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        Version = reader.GetInt32(1),
        State = reader.GetString(2),
        Severity = reader.GetString(3),
        Title = reader.GetString(4),
        Summary = reader.GetString(5),
        RuleId = reader.GetGuid(6),
        RuleName = reader.GetString(7),
        IncidentId = reader.GetGuid(8),
        IncidentVersion = reader.GetInt32(9),
        Domains = reader.GetFieldValue<string[]>(10),
        Countries = reader.GetFieldValue<string[]>(11),
        Alliances = reader.GetFieldValue<string[]>(12),
        Confidence = reader.GetDouble(13),
        Tlp = reader.GetString(14),
        ReleasableTo = reader.IsDBNull(15) ? null : reader.GetFieldValue<string[]>(15),
        RaisedAt = reader.GetFieldValue<DateTimeOffset>(16),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(17),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(18),
        FirstReportedAt = reader.GetFieldValue<DateTimeOffset>(19),
        Assignee = reader.IsDBNull(20) ? null : reader.GetString(20),
        TraceId = reader.IsDBNull(21) ? null : reader.GetString(21),
        HeldAt = reader.IsDBNull(22) ? null : reader.GetString(22),
        Told = reader.GetFieldValue<Guid[]>(23),
        ExpiresAt = reader.IsDBNull(24) ? null : reader.GetFieldValue<DateTimeOffset>(24),
    };

    public static Alert ToAlert(this AlertRow row) => new()
    {
        Id = row.Id,
        Version = row.Version,
        State = Wire<AlertState>.Parse(row.State),
        Severity = Wire<Severity>.Parse(row.Severity),
        Title = row.Title,
        Summary = row.Summary,
        Rule = new RuleReference(row.RuleId, row.RuleName),
        IncidentId = row.IncidentId,
        IncidentVersion = row.IncidentVersion,
        Domains = [.. row.Domains.Select(Wire<Domain>.Parse)],
        Countries = row.Countries,
        Alliances = row.Alliances,
        Confidence = row.Confidence,
        Marking = new Marking { Tlp = Wire<Tlp>.Parse(row.Tlp), ReleasableTo = row.ReleasableTo },
        RaisedAt = row.RaisedAt,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        FirstReportedAt = row.FirstReportedAt,
        ExpiresAt = row.ExpiresAt,
        Assignee = row.Assignee,
        TraceId = row.TraceId,
    };

    public static KeptAlert ToKept(this AlertRow row) => new()
    {
        View = row.ToAlert(),
        HeldAt = row.HeldAt is null ? null : Wire<Severity>.Parse(row.HeldAt),
        Told = row.Told,
    };

    public static AlertEvent ToEvent(this AlertEventRow row) => new()
    {
        Version = row.Version,
        Kind = row.Kind,
        At = row.At,
        By = row.By,
        Comment = row.Comment,
        Severity = row.Severity is null ? null : Wire<Severity>.Parse(row.Severity),
        Assignee = row.Assignee,
    };

    public static Contracts.Delivery ToDelivery(this DeliveryRow row) => new()
    {
        Id = row.Id,
        AlertId = row.AlertId,
        AlertVersion = row.AlertVersion,
        ChannelId = row.ChannelId,
        Channel = row.Channel,
        Event = row.Event,
        State = row.State,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        NextAttemptAt = row.NextAttemptAt,
        Attempts = JsonSerializer.Deserialize<List<DeliveryAttempt>>(row.Attempts, JsonSerializerOptions.Web)!,
    };
}
