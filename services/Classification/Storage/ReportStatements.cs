using System.Text.Json;
using Monitoring.Classification.Stories;
using Monitoring.Contracts;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>A report whose record changed: a newer revision, its first cancellation, or the first update that took its place.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="IncidentId">Its incident.</param>
/// <param name="Revision">The newest that is known; 0 where only others speak of it.</param>
/// <param name="CancelledBy">The report that took it back.</param>
/// <param name="SupersededBy">The report that took its place.</param>
/// <param name="Heir">The incident of the report that took its place, where that was known before.</param>
internal sealed record RecordedReport(Guid ReportId, Guid IncidentId, int Revision, Guid? CancelledBy, Guid? SupersededBy, Guid? Heir)
{
    /// <summary>The first revision of a report that no other speaks of cannot have an incident yet.</summary>
    public bool MayHaveIncident => Revision != 1 || CancelledBy is not null || SupersededBy is not null || IncidentId != Ids.Incident(ReportId);
}

/// <summary>A report of an incident.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Stands">Whether nobody took it back or its place.</param>
/// <param name="OnlyCancels">Whether it speaks only of others that are taken back.</param>
/// <param name="Told">What it tells; absent also where it was recorded before that was kept.</param>
internal sealed record KeptReport(Guid IncidentId, bool Stands, bool OnlyCancels, ToldReport? Told)
{
    /// <summary>Whether only its incident still knows what it told.</summary>
    public bool IsUntold => Told is null && !OnlyCancels;
}

/// <summary>The set-based statements on the record of reports; each runs in its caller's transaction.</summary>
internal static class ReportStatements
{
    /// <summary>
    /// So many reports of an incident tell what it is: the standing ones first, and of these the best of each publisher (by reliability,
    /// then the newest) before the second of any.
    /// </summary>
    public const int TellingAtMost = 100;

    private const string Stands = "cancelled_by is null and superseded_by is null and action <> 'cancel'";

    private const string Record = """
        insert into incident_reports as known
            (report_id, incident_id, revision, feed_id, feed, external_id, action, url, received_at, cancelled_by, superseded_by, told, signature, family, reliability)
        select report_id, incident_id, revision, feed_id, feed, external_id, action, url, received_at, cancelled_by, superseded_by, told::json, signature, family, reliability
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) as new
            (report_id, incident_id, revision, feed_id, feed, external_id, action, url, received_at, cancelled_by, superseded_by, told, signature, family, reliability)
        order by 1
        on conflict (report_id) do update set
            revision = greatest(known.revision, excluded.revision),
            feed = case when excluded.revision > known.revision then excluded.feed else known.feed end,
            action = case when excluded.revision > known.revision then excluded.action else known.action end,
            url = case when excluded.revision > known.revision then excluded.url else known.url end,
            external_id = case when excluded.revision > known.revision then excluded.external_id else known.external_id end,
            received_at = case when excluded.revision > known.revision then excluded.received_at else known.received_at end,
            -- That it is taken back says nothing new of the world.
            told = case when excluded.revision <= known.revision then known.told when excluded.action = 'cancel' then coalesce(known.told, excluded.told) else excluded.told end,
            family = case when excluded.revision > known.revision then coalesce(excluded.family, known.family) else known.family end,
            reliability = case when excluded.revision > known.revision then coalesce(excluded.reliability, known.reliability) else known.reliability end,
            signature = case when excluded.revision > known.revision then coalesce(excluded.signature, known.signature) else known.signature end,
            cancelled_by = coalesce(known.cancelled_by, excluded.cancelled_by),
            superseded_by = coalesce(known.superseded_by, excluded.superseded_by)
        where excluded.revision > known.revision
            or (known.cancelled_by is null and excluded.cancelled_by is not null) or (known.superseded_by is null and excluded.superseded_by is not null)
        returning report_id, incident_id, revision, cancelled_by, superseded_by,
            case when superseded_by is not null then (select heir.incident_id from incident_reports heir where heir.report_id = known.superseded_by) end
        """;

    /// <summary>The telling reports of the incidents $1, at most $2 of each.</summary>
    private const string Telling = $"""
        unnest($1) as wanted (id) cross join lateral (
            select *, row_number() over (partition by stands, family order by reliability, received_at desc, report_id) as place
            from (select report_id, received_at, action, told, coalesce(reliability, 'F') as reliability, coalesce(family, feed_id::text) as family,
                      {Stands} as stands
                  from incident_reports where incident_id = wanted.id and revision > 0) reports
            order by stands desc, place, reliability, received_at desc, report_id limit $2) kept
        """;

    private const string OfIncidents = $"select wanted.id, kept.stands, kept.action = 'cancel', kept.told from {Telling}";

    private const string LockTelling = $"select from incident_reports where report_id in (select kept.report_id from {Telling}) order by report_id for update";

    /// <summary>Locks and writes the record of the entries; answers with those that told something new.</summary>
    /// <param name="connection">The caller's.</param>
    /// <param name="entries">In the order of their ids.</param>
    /// <param name="told">What those reports tell that tell anything.</param>
    /// <param name="signatures">By which reports are joined.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task<List<RecordedReport>> RecordAsync(
        NpgsqlConnection connection, IReadOnlyList<LedgerEntry> entries, IReadOnlyDictionary<Guid, ToldReport> told, IReadOnlyDictionary<Guid, Signature> signatures,
        CancellationToken cancellationToken)
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
        command.AddColumn(entries, entry => told.TryGetValue(entry.ReportId, out var tells) ? JsonSerializer.Serialize(tells, IncidentJson.Default.ToldReport) : null);
        command.AddColumn(entries, entry => signatures.GetValueOrDefault(entry.ReportId)?.ToBytes());
        command.AddColumn(entries, entry => told.GetValueOrDefault(entry.ReportId)?.Family);
        command.AddColumn(entries, entry => told.TryGetValue(entry.ReportId, out var tells) ? Wire<Reliability>.Name(tells.Reliability) : null);
        var changed = new List<RecordedReport>(entries.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            changed.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2), reader.GuidOrNull(3), reader.GuidOrNull(4), reader.GuidOrNull(5)));
        return changed;
    }

    /// <summary>The incidents of those of these reports that are known.</summary>
    public static Task<Dictionary<Guid, Guid>> IncidentsOfAsync(NpgsqlConnection connection, Guid[] reports, CancellationToken cancellationToken) =>
        IncidentsOfAsync(connection, "select report_id, incident_id from incident_reports where report_id = any($1)", reports, cancellationToken);

    /// <summary>The incidents of those of these reports that nobody took back.</summary>
    public static Task<Dictionary<Guid, Guid>> IncidentsOfStandingAsync(NpgsqlConnection connection, Guid[] reports, CancellationToken cancellationToken) =>
        IncidentsOfAsync(connection, $"select report_id, incident_id from incident_reports where report_id = any($1) and {Stands}", reports, cancellationToken);

    private static async Task<Dictionary<Guid, Guid>> IncidentsOfAsync(NpgsqlConnection connection, string statement, Guid[] reports, CancellationToken cancellationToken)
    {
        if (reports.Length == 0) return [];
        await using var command = new NpgsqlCommand(statement, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = reports });
        return await ReadIncidentsAsync(command, cancellationToken);
    }

    /// <summary>Moves reports, which are locked in the order of their ids, to an incident; answers with the incidents that they come from.</summary>
    /// <param name="connection">The caller's.</param>
    /// <param name="reports">Those that are not known are left out.</param>
    /// <param name="into">Their incident from now on.</param>
    /// <param name="cancellationToken">Ends the moving.</param>
    public static async Task<Dictionary<Guid, Guid>> MoveAsync(NpgsqlConnection connection, Guid[] reports, Guid into, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            with moved as (select report_id, incident_id from incident_reports where report_id = any($1) order by report_id for update)
            update incident_reports known set incident_id = $2 from moved where known.report_id = moved.report_id
            returning known.report_id, moved.incident_id
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = reports });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = into });
        return await ReadIncidentsAsync(command, cancellationToken);
    }

    /// <summary>Locks all reports of these incidents, in the order of their ids.</summary>
    public static async Task LockAsync(NpgsqlConnection connection, Guid[] incidents, CancellationToken cancellationToken)
    {
        if (incidents.Length == 0) return;
        await using var command = new NpgsqlCommand("select from incident_reports where incident_id = any($1) order by report_id for update", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Locks those reports of these incidents that <see cref="OfIncidentsAsync"/> reads, in the order of their ids.</summary>
    public static async Task LockTellingAsync(NpgsqlConnection connection, Guid[] incidents, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LockTelling, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = TellingAtMost });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Those of these reports of which only their incident knows what they told.</summary>
    public static async Task<List<Guid>> UntoldAsync(NpgsqlConnection connection, Guid[] reports, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select report_id from incident_reports where report_id = any($1) and told is null and action <> 'cancel'", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = reports });
        var untold = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) untold.Add(reader.GetGuid(0));
        return untold;
    }

    /// <summary>Moves all reports of incidents, which are locked, to those that they are merged into.</summary>
    public static async Task MergeAsync(NpgsqlConnection connection, IReadOnlyDictionary<Guid, Guid> heirs, CancellationToken cancellationToken)
    {
        if (heirs.Count == 0) return;
        var merged = heirs.OrderBy(heir => heir.Key).ToList();
        await using var command = new NpgsqlCommand(
            "update incident_reports known set incident_id = heir from unnest($1, $2) as merged (id, heir) where known.incident_id = merged.id", connection);
        command.AddColumn(merged, pair => pair.Key);
        command.AddColumn(merged, pair => pair.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Holds all reports of these incidents where they are: an analyst said so.</summary>
    public static async Task PinAsync(NpgsqlConnection connection, Guid[] incidents, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            with placed as (select report_id from incident_reports where incident_id = any($1) and not pinned order by report_id for update)
            update incident_reports known set pinned = true from placed where known.report_id = placed.report_id
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The reports of these incidents, at most <see cref="TellingAtMost"/> of each, the standing ones first.</summary>
    public static async Task<ILookup<Guid, KeptReport>> OfIncidentsAsync(NpgsqlConnection connection, Guid[] incidents, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(OfIncidents, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = TellingAtMost });
        var reports = new List<KeptReport>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var told = reader.IsDBNull(3) ? null : JsonSerializer.Deserialize(reader.GetString(3), IncidentJson.Default.ToldReport);
            reports.Add(new(reader.GetGuid(0), reader.GetBoolean(1), reader.GetBoolean(2), told));
        }
        return reports.ToLookup(report => report.IncidentId);
    }

    private static async Task<Dictionary<Guid, Guid>> ReadIncidentsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var incidents = new Dictionary<Guid, Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) incidents.Add(reader.GetGuid(0), reader.GetGuid(1));
        return incidents;
    }
}
