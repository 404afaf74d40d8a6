using Npgsql;

namespace Monitoring.Load.Pipeline;

/// <summary>What the database says of the run's reports, read as its administrator across the services' schemas.</summary>
internal sealed class Ledger(NpgsqlDataSource database, Guid feed, Guid rule)
{
    /// <summary>Ids of the feed's reports.</summary>
    public Task<List<Guid>> ReportsAsync() =>
        ReadAsync("SELECT id FROM ingestion.reports WHERE feed_id = $1", row => row.GetGuid(0), feed);

    /// <summary>Report, its incident, and when the incident's row was made: one entry for each pair.</summary>
    public Task<List<(Guid Report, Guid Incident, long At)>> IncidentsAsync() =>
        ReadAsync(
            """
            SELECT link.report_id, link.incident_id, incident.created_at
            FROM ingestion.reports report
            JOIN classification.incident_reports link ON link.report_id = report.id
            JOIN classification.incidents incident ON incident.id = link.incident_id
            WHERE report.feed_id = $1
            """,
            row => (row.GetGuid(0), row.GetGuid(1), Ticks(row, 2)),
            feed);

    /// <summary>The rule's alerts with their incident, and when the row was made.</summary>
    public Task<List<(Guid Alert, Guid Incident, long At)>> AlertsAsync() =>
        ReadAsync(
            "SELECT id, incident_id, created_at FROM alerting.alerts WHERE rule_id = $1",
            row => (row.GetGuid(0), row.GetGuid(1), Ticks(row, 2)),
            rule);

    /// <summary>The rule's alerts whose row is younger than this; what a reader sees at this moment.</summary>
    public Task<List<(Guid Alert, long At)>> AlertsSinceAsync(DateTimeOffset since) =>
        ReadAsync(
            "SELECT id, created_at FROM alerting.alerts WHERE rule_id = $1 AND created_at > $2",
            row => (row.GetGuid(0), Ticks(row, 1)),
            rule,
            since.UtcDateTime);

    public async Task<long> CountAlertsAsync() =>
        (await ReadAsync("SELECT count(*) FROM alerting.alerts WHERE rule_id = $1", row => row.GetInt64(0), rule))[0];

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await using var rows = await command.ExecuteReaderAsync();
        var list = new List<T>();
        while (await rows.ReadAsync()) list.Add(read(rows));
        return list;
    }

    private static long Ticks(NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column).UtcTicks;
}
