using System.Text.Json;
using Monitoring.Classification.Corrections;
using Npgsql;
using NpgsqlTypes;

namespace Monitoring.Classification.Storage;

/// <summary>The statements of <see cref="CorrectionWriter"/>; each runs in its caller's transaction.</summary>
internal static class CorrectionStatements
{
    /// <summary>Locks reports, in the order of their ids as everybody does, before the incidents that they belong to.</summary>
    /// <param name="connection">The caller's.</param>
    /// <param name="reports">By their ids; those that are not known are left out.</param>
    /// <param name="incidents">All reports of these incidents.</param>
    /// <param name="cancellationToken">Ends the locking.</param>
    /// <returns>The incident of each report.</returns>
    public static async Task<Dictionary<Guid, Guid>> LockReportsAsync(NpgsqlConnection connection, Guid[] reports, Guid[] incidents, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select report_id, incident_id from incident_reports where report_id = any($1) or incident_id = any($2) order by report_id for update", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = reports });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
        var locked = new Dictionary<Guid, Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) locked.Add(reader.GetGuid(0), reader.GetGuid(1));
        return locked;
    }

    /// <summary>Keeps the analysts' words on incidents, which are locked.</summary>
    public static async Task KeepWordsAsync(NpgsqlConnection connection, IReadOnlyList<(Guid Incident, AnalystsWord Word)> words, CancellationToken cancellationToken)
    {
        if (words.Count == 0) return;
        await using var command = new NpgsqlCommand(
            "update incidents known set corrected = word::jsonb from unnest($1, $2) as said (id, word) where known.id = said.id", connection);
        command.AddColumn(words, said => said.Incident);
        command.AddColumn(words, said => said.Word.IsNone ? null : JsonSerializer.Serialize(said.Word, CorrectionJson.Default.AnalystsWord));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>How many reports an incident has that tell something.</summary>
    public static async Task<long> CountReportsAsync(NpgsqlConnection connection, Guid incident, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select count(*) from incident_reports where incident_id = $1 and revision > 0", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = incident });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Those of these incidents that exist and were not merged into another.</summary>
    public static async Task<List<Guid>> TakenAsync(NpgsqlConnection connection, Guid[] incidents, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select id from incidents where id = any($1) and state <> 'merged'", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
        var taken = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) taken.Add(reader.GetGuid(0));
        return taken;
    }

    /// <summary>Keeps a correction with its labelled text, and which versions it made.</summary>
    public static async Task KeepAsync(NpgsqlConnection connection, CorrectionRow row, IReadOnlyList<(Guid Incident, int Version)> made, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var correction = new NpgsqlBatchCommand("""
            insert into corrections (id, incident_id, version, created_at, created_by, reason, change, before, incidents,
                report_id, title, text, language, published_at, label)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """);
        correction.Parameters.Add(new() { Value = row.Id });
        correction.Parameters.Add(new() { Value = row.IncidentId });
        correction.Parameters.Add(new() { Value = row.Version });
        correction.Parameters.Add(new() { Value = row.CreatedAt });
        correction.Parameters.Add(new() { Value = row.CreatedBy });
        correction.Parameters.Add(new() { Value = row.Reason });
        correction.Parameters.Add(new() { Value = row.Change, NpgsqlDbType = NpgsqlDbType.Jsonb });
        correction.Parameters.Add(new() { Value = row.Before, NpgsqlDbType = NpgsqlDbType.Jsonb });
        correction.Parameters.Add(new() { Value = row.Incidents });
        correction.Parameters.Add(new() { Value = row.ReportId });
        correction.Parameters.Add(new() { Value = row.Title });
        correction.Parameters.Add(new() { Value = row.Text });
        AddNullable(row.Language, NpgsqlDbType.Text);
        AddNullable(row.PublishedAt, NpgsqlDbType.TimestampTz);
        AddNullable(row.Label, NpgsqlDbType.Jsonb);
        batch.BatchCommands.Add(correction);

        var versions = new NpgsqlBatchCommand("insert into corrected_versions (incident_id, version, correction_id) select id, version, $3 from unnest($1, $2) as made (id, version)");
        versions.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. made.Select(one => one.Incident)] });
        versions.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. made.Select(one => one.Version)] });
        versions.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = row.Id });
        batch.BatchCommands.Add(versions);
        await batch.ExecuteNonQueryAsync(cancellationToken);

        void AddNullable(object? value, NpgsqlDbType type) => correction.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }
}
