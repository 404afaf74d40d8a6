using Monitoring.Classification.Corrections;
using Monitoring.Contracts;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>An incident that is locked until the transaction ends.</summary>
internal sealed record LockedIncident(
    Guid Id, IncidentState State, Guid? MergedInto, DateTimeOffset CreatedAt, DateTimeOffset FirstReportedAt, Marking Marking, int ReportCount, bool Pinned, int Version,
    AnalystsWord Corrected);

/// <summary>The set-based statements on incidents; each runs in its caller's transaction.</summary>
internal static class IncidentStatements
{
    // Locks in the order of ids, and keeps the version that is about to be overwritten.
    private const string Lock = """
        insert into incident_versions (incident_id, version, state, title, domains, severity, confidence, countries, credibility, report_count, updated_at)
        select id, version, state, title, domains, severity, confidence, countries, credibility, report_count, updated_at
        from incidents where id = any($1) order by id for update
        on conflict do nothing
        """;

    private const string Read = """
        select id, state, merged_into, created_at, first_reported_at, tlp, releasable_to, report_count,
            exists (select 1 from incident_reports r where r.incident_id = incidents.id and r.pinned), version, corrected::text
        from incidents where id = any($1)
        """;

    private const string Columns =
        "id, version, state, merged_into, title, summary, domains, severity, confidence, countries, alliances, status, tlp, releasable_to, "
        + "first_reported_at, created_at, updated_at, expires_at, credibility, report_count, trace_id, details";

    private static readonly string RowColumns = string.Join(", ", Columns.Split(", ").Append("corrected").Select(column => "known." + column));

    private const string CountReports = "(select count(*) from incident_reports r where r.incident_id = known.id and r.revision > 0)";

    private static readonly string End = $"""
        update incidents known set state = ended.state, merged_into = ended.heir, version = version + 1, updated_at = $4, report_count = {CountReports}
        from unnest($1, $2, $3) as ended (id, state, heir) where known.id = ended.id
        returning {RowColumns}
        """;

    // unnest flattens nested arrays, so arrays of a row travel as their text.
    private const string Upsert = $$"""
        insert into incidents as known ({{Columns}})
        select id, coalesce((select gone.version from deleted_incidents gone where gone.id = new.id), 0) + 1, state, null, title, summary, domains::text[], severity, confidence, countries::text[], alliances::text[], status, tlp, releasable_to::text[],
            first_reported_at, created_at, updated_at, expires_at, credibility, report_count, trace_id, details::json
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) as new
            (id, state, title, summary, domains, severity, confidence, countries, alliances, status, tlp, releasable_to,
             first_reported_at, created_at, updated_at, expires_at, credibility, report_count, trace_id, details)
        on conflict (id) do update set
            version = known.version + 1, state = excluded.state, merged_into = null, title = excluded.title, summary = excluded.summary, domains = excluded.domains,
            severity = excluded.severity, confidence = excluded.confidence, countries = excluded.countries, alliances = excluded.alliances,
            status = excluded.status, tlp = excluded.tlp, releasable_to = excluded.releasable_to, first_reported_at = excluded.first_reported_at,
            updated_at = excluded.updated_at, expires_at = excluded.expires_at, credibility = excluded.credibility, report_count = {{CountReports}},
            trace_id = excluded.trace_id, details = excluded.details
        returning id, version, created_at, report_count
        """;

    /// <summary>Locks those of these incidents that exist, and keeps the versions that are about to be overwritten.</summary>
    public static async Task<List<LockedIncident>> LockAsync(NpgsqlConnection connection, Guid[] incidents, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in new[] { Lock, Read })
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
            batch.BatchCommands.Add(command);
        }
        var locked = new List<LockedIncident>(incidents.Length);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var marking = new Marking { Tlp = Wire<Tlp>.Parse(reader.GetString(5)), ReleasableTo = reader.IsDBNull(6) ? null : reader.GetFieldValue<string[]>(6) };
            locked.Add(new(
                reader.GetGuid(0), Wire<IncidentState>.Parse(reader.GetString(1)), reader.GuidOrNull(2), reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetFieldValue<DateTimeOffset>(4), marking, reader.GetInt32(7), reader.GetBoolean(8), reader.GetInt32(9),
                IncidentMapping.WordOf(reader.IsDBNull(10) ? null : reader.GetString(10))));
        }
        return locked;
    }

    /// <summary>These incidents as they are, by their ids.</summary>
    public static async Task<Dictionary<Guid, Incident>> ReadAsync(NpgsqlConnection connection, Guid[] incidents, CancellationToken cancellationToken)
    {
        var read = new Dictionary<Guid, Incident>();
        if (incidents.Length == 0) return read;
        await using var command = new NpgsqlCommand($"select {RowColumns} from incidents known where id = any($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) read.Add(reader.GetGuid(0), ReadRow(reader).ToIncident());
        return read;
    }

    /// <summary>Ends incidents whose content stays as it was last told: merged into another, or withdrawn.</summary>
    public static async Task<List<Incident>> EndAsync(
        NpgsqlConnection connection, IReadOnlyList<(Guid Id, IncidentState State, Guid? Heir)> ended, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ended.Count == 0) return [];
        await using var command = new NpgsqlCommand(End, connection);
        command.AddColumn(ended, end => end.Id);
        command.AddColumn(ended, end => Wire<IncidentState>.Name(end.State));
        command.AddColumn(ended, end => end.Heir);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        var incidents = new List<Incident>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) incidents.Add(ReadRow(reader).ToIncident());
        return incidents;
    }

    /// <summary>Writes incidents with new content, in the order of their ids; answers with them as they now are.</summary>
    public static async Task<List<Incident>> UpsertAsync(NpgsqlConnection connection, IReadOnlyList<Incident> incidents, CancellationToken cancellationToken)
    {
        if (incidents.Count == 0) return [];
        var rows = incidents.OrderBy(incident => incident.Id).Select(incident => incident.ToRow()).ToList();
        await using var command = new NpgsqlCommand(Upsert, connection);
        command.AddColumn(rows, row => row.Id);
        command.AddColumn(rows, row => row.State);
        command.AddColumn(rows, row => row.Title);
        command.AddColumn(rows, row => row.Summary);
        command.AddColumn(rows, row => ArrayText(row.Domains));
        command.AddColumn(rows, row => row.Severity);
        command.AddColumn(rows, row => row.Confidence);
        command.AddColumn(rows, row => ArrayText(row.Countries));
        command.AddColumn(rows, row => ArrayText(row.Alliances));
        command.AddColumn(rows, row => row.Status);
        command.AddColumn(rows, row => row.Tlp);
        command.AddColumn(rows, row => row.ReleasableTo is null ? null : ArrayText(row.ReleasableTo));
        command.AddColumn(rows, row => row.FirstReportedAt);
        command.AddColumn(rows, row => row.CreatedAt);
        command.AddColumn(rows, row => row.UpdatedAt);
        command.AddColumn(rows, row => row.ExpiresAt);
        command.AddColumn(rows, row => row.Credibility);
        command.AddColumn(rows, row => row.ReportCount);
        command.AddColumn(rows, row => row.TraceId);
        command.AddColumn(rows, row => row.Details);
        var byId = incidents.ToDictionary(incident => incident.Id);
        var written = new List<Incident>(incidents.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            written.Add(byId[reader.GetGuid(0)] with
            {
                Version = reader.GetInt32(1), CreatedAt = reader.GetFieldValue<DateTimeOffset>(2), ReportCount = reader.GetInt32(3),
            });
        }
        return written;
    }

    private static IncidentRow ReadRow(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        Version = reader.GetInt32(1),
        State = reader.GetString(2),
        MergedInto = reader.GuidOrNull(3),
        Title = reader.GetString(4),
        Summary = reader.GetString(5),
        Domains = reader.GetFieldValue<string[]>(6),
        Severity = reader.GetString(7),
        Confidence = reader.GetDouble(8),
        Countries = reader.GetFieldValue<string[]>(9),
        Alliances = reader.GetFieldValue<string[]>(10),
        Status = reader.GetString(11),
        Tlp = reader.GetString(12),
        ReleasableTo = reader.IsDBNull(13) ? null : reader.GetFieldValue<string[]>(13),
        FirstReportedAt = reader.GetFieldValue<DateTimeOffset>(14),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(15),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(16),
        ExpiresAt = reader.IsDBNull(17) ? null : reader.GetFieldValue<DateTimeOffset>(17),
        Credibility = reader.GetInt32(18),
        ReportCount = reader.GetInt32(19),
        TraceId = reader.IsDBNull(20) ? null : reader.GetString(20),
        Details = reader.GetString(21),
        Corrected = reader.IsDBNull(22) ? null : reader.GetString(22),
    };

    /// <summary>A text array as Postgres writes it (PostgreSQL documentation, section 8.15.2).</summary>
    private static string ArrayText(IEnumerable<string> values) =>
        "{" + string.Join(',', values.Select(value => "\"" + value.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"")) + "}";
}
