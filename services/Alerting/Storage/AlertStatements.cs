using System.Text.Json;
using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Delivery;
using Monitoring.Alerting.Rules;
using Monitoring.Contracts;
using Npgsql;

namespace Monitoring.Alerting.Storage;

/// <summary>What a group of incidents meets in the database.</summary>
/// <param name="Newer">The incidents whose version is newer than any evaluated before.</param>
/// <param name="Rules">All rules, also those that are off.</param>
/// <param name="Alerts">The alerts of the group's incidents, locked.</param>
internal sealed record Loaded(IReadOnlySet<Guid> Newer, IReadOnlyList<Rule> Rules, ILookup<Guid, KeptAlert> Alerts);

/// <summary>The set-based statements on alerts.</summary>
internal static class AlertStatements
{
    private const string RecordVersions = """
        insert into incident_versions (incident_id, version, updated_at) select id, version, $3 from unnest($1, $2) as given (id, version)
        on conflict (incident_id) do update set version = excluded.version, updated_at = excluded.updated_at where incident_versions.version < excluded.version
        returning incident_id
        """;

    private const string SelectRules =
        "select id, name, enabled, domains, minimum_severity, minimum_confidence, countries, alliances, text, channels, created_at, updated_at from rules order by id";

    // What was raised after its time, an operator reopened: it stays open. In the words of the index.
    private const string SelectExpired = $"""
        select {AlertMapping.Columns} from alerts where state <> 'resolved' and expires_at > raised_at and expires_at <= $1
        order by expires_at limit $2 for update skip locked
        """;

    private const string WriteAlerts = $"""
        insert into alerts ({AlertMapping.Columns})
        select id, version, state, severity, title, summary, rule_id, rule_name, incident_id, incident_version, string_to_array(domains, e'\x1f'),
               string_to_array(countries, e'\x1f'), string_to_array(alliances, e'\x1f'), confidence, tlp, string_to_array(releasable_to, e'\x1f'),
               raised_at, created_at, updated_at, first_reported_at, assignee, trace_id, held_at, string_to_array(told, e'\x1f')::uuid[], expires_at
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25) as given ({AlertMapping.Columns})
        on conflict (id) do update set
            version = excluded.version, state = excluded.state, severity = excluded.severity, title = excluded.title, summary = excluded.summary,
            incident_version = excluded.incident_version, domains = excluded.domains, countries = excluded.countries, alliances = excluded.alliances,
            confidence = excluded.confidence, tlp = excluded.tlp, releasable_to = excluded.releasable_to, raised_at = excluded.raised_at,
            updated_at = excluded.updated_at, first_reported_at = excluded.first_reported_at, assignee = excluded.assignee, trace_id = excluded.trace_id,
            held_at = excluded.held_at, told = excluded.told, expires_at = excluded.expires_at
        """;

    private const string WriteEvents = """
        insert into alert_events (alert_id, version, kind, at, by, comment, severity, assignee) select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    // A channel that was deleted meanwhile gets nothing.
    private const string WriteDeliveries = """
        insert into deliveries (id, alert_id, alert_version, channel_id, channel, event, state, alert, attempts, tries, next_attempt_at, claimed_until, expires_at, created_at, updated_at)
        select given.id, alert_id, alert_version, channels.id, channels.name, event, 'pending', alert::jsonb, '[]', 0, $8, claimed_until, $9, $8, $8
        from unnest($1, $2, $3, $4, $5, $6, $7) as given (id, alert_id, alert_version, channel_id, event, alert, claimed_until) join channels on channels.id = given.channel_id
        on conflict (id) do nothing
        """;

    /// <summary>Records the versions, and reads what decides over them, in one round trip. Incidents come each once, in the order of their ids.</summary>
    public static async Task<Loaded> LoadAsync(NpgsqlConnection connection, IReadOnlyList<Incident> incidents, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var record = new NpgsqlBatchCommand(RecordVersions);
        record.AddColumn(incidents, incident => incident.Id);
        record.AddColumn(incidents, incident => incident.Version);
        record.AddValue(now);
        var alerts = new NpgsqlBatchCommand($"select {AlertMapping.Columns} from alerts where incident_id = any($1) order by id for update");
        alerts.AddColumn(incidents, incident => incident.Id);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { record, new NpgsqlBatchCommand(SelectRules), alerts } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);

        var newer = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken)) newer.Add(reader.GetGuid(0));
        await reader.NextResultAsync(cancellationToken);
        var rules = new List<Rule>();
        while (await reader.ReadAsync(cancellationToken)) rules.Add(ReadRule(reader));
        await reader.NextResultAsync(cancellationToken);
        var kept = await ReadAlertsAsync(reader, cancellationToken);
        return new(newer, rules, kept.ToLookup(alert => alert.View.IncidentId));
    }

    /// <summary>Locks alerts by their ids, in an order that all share.</summary>
    public static async Task<List<KeptAlert>> LockAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select {AlertMapping.Columns} from alerts where id = any($1) order by id for update", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ReadAlertsAsync(reader, cancellationToken);
    }

    /// <summary>Locks open alerts whose time is over, the longest over first, but for those that others have locked.</summary>
    public static async Task<List<KeptAlert>> LockExpiredAsync(NpgsqlConnection connection, DateTimeOffset now, int atMost, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectExpired, connection);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = atMost });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ReadAlertsAsync(reader, cancellationToken);
    }

    /// <summary>Adds the writing of changes, each of another alert, and of what is to be delivered because of them.</summary>
    public static void StageChanges(NpgsqlBatch batch, IReadOnlyList<AlertChange> changes, IReadOnlyList<PendingDelivery> deliveries, DateTimeOffset now)
    {
        batch.BatchCommands.Add(Alerts([.. changes.Select(change => change.After)]));
        batch.BatchCommands.Add(Events(changes));
        if (deliveries.Count > 0) batch.BatchCommands.Add(Deliveries(deliveries, now));
    }

    private static async Task<List<KeptAlert>> ReadAlertsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var kept = new List<KeptAlert>();
        while (await reader.ReadAsync(cancellationToken)) kept.Add(AlertMapping.ReadAlert(reader).ToKept());
        return kept;
    }

    private static NpgsqlBatchCommand Alerts(IReadOnlyList<KeptAlert> alerts)
    {
        var command = new NpgsqlBatchCommand(WriteAlerts);
        command.AddColumn(alerts, alert => alert.View.Id);
        command.AddColumn(alerts, alert => alert.View.Version);
        command.AddColumn(alerts, alert => Wire<AlertState>.Name(alert.View.State));
        command.AddColumn(alerts, alert => Wire<Severity>.Name(alert.View.Severity));
        command.AddColumn(alerts, alert => alert.View.Title);
        command.AddColumn(alerts, alert => alert.View.Summary);
        command.AddColumn(alerts, alert => alert.View.Rule.Id);
        command.AddColumn(alerts, alert => alert.View.Rule.Name);
        command.AddColumn(alerts, alert => alert.View.IncidentId);
        command.AddColumn(alerts, alert => alert.View.IncidentVersion);
        command.AddColumn(alerts, alert => Columns.Joined(Wire<Domain>.NamesOf(alert.View.Domains)));
        command.AddColumn(alerts, alert => Columns.Joined(alert.View.Countries));
        command.AddColumn(alerts, alert => Columns.Joined(alert.View.Alliances));
        command.AddColumn(alerts, alert => alert.View.Confidence);
        command.AddColumn(alerts, alert => Wire<Tlp>.Name(alert.View.Marking.Tlp));
        command.AddColumn(alerts, alert => alert.View.Marking.ReleasableTo is { } members ? Columns.Joined(members) : null);
        command.AddColumn(alerts, alert => alert.View.RaisedAt);
        command.AddColumn(alerts, alert => alert.View.CreatedAt);
        command.AddColumn(alerts, alert => alert.View.UpdatedAt);
        command.AddColumn(alerts, alert => alert.View.FirstReportedAt);
        command.AddColumn(alerts, alert => alert.View.Assignee);
        command.AddColumn(alerts, alert => alert.View.TraceId);
        command.AddColumn(alerts, alert => alert.HeldAt is { } held ? Wire<Severity>.Name(held) : null);
        command.AddColumn(alerts, alert => Columns.Joined(alert.Told));
        command.AddColumn(alerts, alert => alert.View.ExpiresAt);
        return command;
    }

    private static NpgsqlBatchCommand Events(IReadOnlyList<AlertChange> changes)
    {
        var command = new NpgsqlBatchCommand(WriteEvents);
        command.AddColumn(changes, change => change.After.View.Id);
        command.AddColumn(changes, change => change.Event.Version);
        command.AddColumn(changes, change => change.Event.Kind);
        command.AddColumn(changes, change => change.Event.At);
        command.AddColumn(changes, change => change.Event.By);
        command.AddColumn(changes, change => change.Event.Comment);
        command.AddColumn(changes, change => change.Event.Severity is { } severity ? Wire<Severity>.Name(severity) : null);
        command.AddColumn(changes, change => change.Event.Assignee);
        return command;
    }

    private static NpgsqlBatchCommand Deliveries(IReadOnlyList<PendingDelivery> deliveries, DateTimeOffset now)
    {
        // The channels of an alert share its text.
        var texts = deliveries.Select(delivery => delivery.Alert).Distinct(ReferenceEqualityComparer.Instance).Cast<Alert>()
            .ToDictionary<Alert, object, string>(alert => alert, alert => JsonSerializer.Serialize(alert, ContractsJson.Default.Alert), ReferenceEqualityComparer.Instance);
        var command = new NpgsqlBatchCommand(WriteDeliveries);
        command.AddColumn(deliveries, delivery => delivery.Id);
        command.AddColumn(deliveries, delivery => delivery.Alert.Id);
        command.AddColumn(deliveries, delivery => delivery.Alert.Version);
        command.AddColumn(deliveries, delivery => delivery.ChannelId);
        command.AddColumn(deliveries, delivery => delivery.Event);
        command.AddColumn(deliveries, delivery => texts[delivery.Alert]);
        command.AddColumn(deliveries, delivery => delivery.ClaimedUntil);
        command.AddValue(now);
        command.AddValue(deliveries[0].ExpiresAt);
        return command;
    }

    private static Rule ReadRule(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        Name = reader.GetString(1),
        Enabled = reader.GetBoolean(2),
        Domains = [.. reader.GetFieldValue<string[]>(3).Select(Wire<Domain>.Parse)],
        MinimumSeverity = Wire<Severity>.Parse(reader.GetString(4)),
        MinimumConfidence = reader.GetDouble(5),
        Countries = reader.GetFieldValue<string[]>(6),
        Alliances = reader.GetFieldValue<string[]>(7),
        Text = reader.IsDBNull(8) ? null : reader.GetString(8),
        Channels = reader.GetFieldValue<Guid[]>(9),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(10),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(11),
    };
}
