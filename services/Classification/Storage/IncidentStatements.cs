using Monitoring.Classification.Stories;
using Monitoring.Contracts;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>A report whose record changed: a newer revision, its first cancellation, or the first update that took its place.</summary>
internal sealed record RecordedReport(Guid ReportId, Guid IncidentId, int Revision, Guid? CancelledBy, Guid? SupersededBy)
{
    public bool IsFirstOfIncident => IncidentId == Ids.Incident(ReportId);

    /// <summary>The first revision of a report that no other speaks of cannot have an incident yet.</summary>
    public bool MayHaveIncident => Revision != 1 || CancelledBy is not null || SupersededBy is not null || !IsFirstOfIncident;
}

/// <summary>The set-based statements of <see cref="IncidentWriter"/>; each runs in its caller's transaction.</summary>
internal static class IncidentStatements
{
    private const string Record = """
        insert into incident_reports as known
            (report_id, incident_id, revision, feed_id, feed, external_id, action, url, received_at, cancelled_by, superseded_by)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) order by 1
        on conflict (report_id) do update set
            revision = greatest(known.revision, excluded.revision),
            feed = case when excluded.revision > known.revision then excluded.feed else known.feed end,
            action = case when excluded.revision > known.revision then excluded.action else known.action end,
            url = case when excluded.revision > known.revision then excluded.url else known.url end,
            external_id = case when excluded.revision > known.revision then excluded.external_id else known.external_id end,
            received_at = case when excluded.revision > known.revision then excluded.received_at else known.received_at end,
            cancelled_by = coalesce(known.cancelled_by, excluded.cancelled_by),
            superseded_by = coalesce(known.superseded_by, excluded.superseded_by)
        where excluded.revision > known.revision
            or (known.cancelled_by is null and excluded.cancelled_by is not null) or (known.superseded_by is null and excluded.superseded_by is not null)
        returning report_id, incident_id, revision, cancelled_by, superseded_by
        """;

    private const string Supersede = """
        insert into incident_versions (incident_id, version, state, title, domains, severity, confidence, countries, report_count, updated_at)
        select id, version, state, title, domains, severity, confidence, countries, report_count, updated_at from incidents where id = any($1) order by id for update
        on conflict do nothing
        """;

    private const string Columns =
        "id, version, state, merged_into, title, summary, domains, severity, confidence, countries, alliances, status, tlp, releasable_to, "
        + "first_reported_at, created_at, updated_at, expires_at, report_count, trace_id, details";

    private static readonly string TouchedColumns = string.Join(", ", Columns.Split(", ").Select(column => "known." + column));

    private const string CountReports = "(select count(*) from incident_reports r where r.incident_id = known.id and r.revision > 0)";

    // Of an incident without a report that still stands, the reports were taken back, or live on in the incident of what took their place.
    private static readonly string Touch = $"""
        with heirs as (
            select distinct on (r.incident_id) r.incident_id, heir.incident_id as heir
            from incident_reports r join incident_reports heir on heir.report_id = r.superseded_by and heir.incident_id <> r.incident_id
            where r.incident_id = any($1)
        ), standing as (
            select distinct incident_id from incident_reports
            where incident_id = any($1) and revision > 0 and cancelled_by is null and superseded_by is null and action <> 'cancel'
        )
        update incidents known set
            state = case when known.id in (select incident_id from standing) then state when heirs.heir is null then 'withdrawn' else 'merged' end,
            merged_into = case when known.id in (select incident_id from standing) then merged_into else heirs.heir end,
            version = version + 1, updated_at = $2, report_count = {CountReports}
        from unnest($1) as touched (id) left join heirs on heirs.incident_id = touched.id
        where known.id = touched.id returning {TouchedColumns}
        """;

    // unnest flattens nested arrays, so arrays of a row travel as their text.
    private const string Upsert = $$"""
        insert into incidents as known ({{Columns}})
        select id, 1, state, null, title, summary, domains::text[], severity, confidence, countries::text[], alliances::text[], status, tlp, releasable_to::text[],
            first_reported_at, created_at, updated_at, expires_at,
            -- The count is looked up only where other reports can have joined already.
            case when joined then (select count(*) from incident_reports r where r.incident_id = new.id and r.revision > 0) else 1 end,
            trace_id, details::jsonb
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) as new
            (id, state, title, summary, domains, severity, confidence, countries, alliances, status, tlp, releasable_to,
             first_reported_at, created_at, updated_at, expires_at, trace_id, details, joined)
        on conflict (id) do update set
            version = known.version + 1, state = excluded.state, merged_into = null, title = excluded.title, summary = excluded.summary, domains = excluded.domains,
            severity = excluded.severity, confidence = excluded.confidence, countries = excluded.countries, alliances = excluded.alliances,
            status = excluded.status, tlp = excluded.tlp, releasable_to = excluded.releasable_to,
            updated_at = excluded.updated_at, expires_at = excluded.expires_at, report_count = {{CountReports}}, trace_id = excluded.trace_id, details = excluded.details
        returning id, version, first_reported_at, created_at, report_count
        """;

    /// <summary>Locks and writes the record of the entries; answers with those that told something new.</summary>
    public static async Task<List<RecordedReport>> RecordReportsAsync(NpgsqlConnection connection, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Record, connection);
        command.AddColumn(entries, entry => entry.ReportId);
        command.AddColumn(entries, entry => entry.IncidentId);
        command.AddColumn(entries, entry => entry.Revision);
        command.AddColumn(entries, entry => entry.Source.Received.FeedId);
        command.AddColumn(entries, entry => entry.Source.Received.Feed);
        command.AddColumn(entries, entry => entry.Newest?.Report.ExternalId ?? "");
        command.AddColumn(entries, entry => Wire<ReportAction>.Name(entry.Newest?.Report.Action ?? ReportAction.New));
        command.AddColumn(entries, entry => entry.Newest?.Report.Url);
        command.AddColumn(entries, entry => entry.Source.Received.ReceivedAt);
        command.AddColumn(entries, entry => entry.CancelledBy);
        command.AddColumn(entries, entry => entry.SupersededBy);
        var changed = new List<RecordedReport>(entries.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            changed.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetGuid(3), reader.IsDBNull(4) ? null : reader.GetGuid(4)));
        return changed;
    }

    /// <summary>The incidents of those of these reports that are known.</summary>
    public static async Task<Dictionary<Guid, Guid>> IncidentsOfAsync(NpgsqlConnection connection, Guid[] reports, CancellationToken cancellationToken)
    {
        var incidents = new Dictionary<Guid, Guid>();
        if (reports.Length == 0) return incidents;
        await using var command = new NpgsqlCommand("select report_id, incident_id from incident_reports where report_id = any($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = reports });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) incidents.Add(reader.GetGuid(0), reader.GetGuid(1));
        return incidents;
    }

    /// <summary>Keeps the versions that are about to be overwritten.</summary>
    public static async Task KeepSupersededAsync(NpgsqlConnection connection, Guid[] incidents, CancellationToken cancellationToken)
    {
        if (incidents.Length == 0) return;
        await using var command = new NpgsqlCommand(Supersede, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The markings of those of these incidents that are known.</summary>
    public static async Task<Dictionary<Guid, Marking>> MarkingsAsync(NpgsqlConnection connection, Guid[] incidents, CancellationToken cancellationToken)
    {
        var markings = new Dictionary<Guid, Marking>();
        if (incidents.Length == 0) return markings;
        await using var command = new NpgsqlCommand("select id, tlp, releasable_to from incidents where id = any($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            markings.Add(reader.GetGuid(0), new Marking { Tlp = Wire<Tlp>.Parse(reader.GetString(1)), ReleasableTo = reader.IsDBNull(2) ? null : reader.GetFieldValue<string[]>(2) });
        return markings;
    }

    /// <summary>Looks at incidents anew of which reports were taken back or replaced, or came too late to tell anything: those without a report that stands end.</summary>
    public static async Task<List<Incident>> TouchAsync(NpgsqlConnection connection, Guid[] incidents, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (incidents.Length == 0) return [];
        await using var command = new NpgsqlCommand(Touch, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        var touched = new List<Incident>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) touched.Add(ReadRow(reader).ToIncident());
        return touched;
    }

    /// <summary>Writes incidents with new content; answers with them as they now are.</summary>
    /// <param name="connection">The caller's.</param>
    /// <param name="incidents">In the order of their ids.</param>
    /// <param name="joined">Those that other reports can have joined before.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task<List<Incident>> UpsertAsync(
        NpgsqlConnection connection, IReadOnlyList<Incident> incidents, IReadOnlySet<Guid> joined, CancellationToken cancellationToken)
    {
        if (incidents.Count == 0) return [];
        var rows = incidents.Select(incident => incident.ToRow()).ToList();
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
        command.AddColumn(rows, row => row.TraceId);
        command.AddColumn(rows, row => row.Details);
        command.AddColumn(rows, row => joined.Contains(row.Id));
        var byId = incidents.ToDictionary(incident => incident.Id);
        var written = new List<Incident>(incidents.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            written.Add(byId[reader.GetGuid(0)] with
            {
                Version = reader.GetInt32(1),
                FirstReportedAt = reader.GetFieldValue<DateTimeOffset>(2),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(3),
                ReportCount = reader.GetInt32(4),
            });
        }
        return written;
    }

    private static IncidentRow ReadRow(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        Version = reader.GetInt32(1),
        State = reader.GetString(2),
        MergedInto = reader.IsDBNull(3) ? null : reader.GetGuid(3),
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
        ReportCount = reader.GetInt32(18),
        TraceId = reader.IsDBNull(19) ? null : reader.GetString(19),
        Details = reader.GetString(20),
    };

    /// <summary>A text array as Postgres writes it (PostgreSQL documentation, section 8.15.2).</summary>
    private static string ArrayText(IEnumerable<string> values) =>
        "{" + string.Join(',', values.Select(value => "\"" + value.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"")) + "}";

    private static void AddColumn<TRow, T>(this NpgsqlCommand command, IReadOnlyList<TRow> rows, Func<TRow, T> select)
    {
        var values = new T[rows.Count];
        for (var index = 0; index < rows.Count; index++) values[index] = select(rows[index]);
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values });
    }
}
