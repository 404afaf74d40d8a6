using Microsoft.Extensions.Options;
using Monitoring.Classification.Stories;
using Monitoring.ServiceDefaults.Storage;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>How long incidents are kept.</summary>
internal sealed class RetentionOptions
{
    /// <summary>Days after its last change that an incident, with its reports and versions, is deleted.</summary>
    public int Incidents { get; set; } = 400;

    /// <summary>Days that corrections are kept, and learnt from.</summary>
    public int Corrections { get; set; } = 3_650;
}

/// <summary>Deletes what is older than the retention, in portions, so that no lock is held for long.</summary>
internal sealed class IncidentRetention(
    NpgsqlDataSource dataSource, IOptions<RetentionOptions> options, IOptions<StoryOptions> stories, DatabaseReady ready, TimeProvider time, ILogger<IncidentRetention> logger)
    : RepeatingWork(ready, time, TimeSpan.FromHours(1), logger)
{
    private const int Portion = 1_000;

    /// <summary>The keys of so long a time are deleted at once.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(10);

    // Reports before incidents, as everybody locks them.
    private const string LockPortion = """
        select from incident_reports
        where incident_id = any (array (select id from incidents where updated_at < $1 order by updated_at limit $2)) order by report_id for update
        """;

    private const string DeletePortion = """
        with old as (select id, version from incidents where updated_at < $1 order by updated_at limit $2 for update skip locked),
             gone as (insert into deleted_incidents (id, version, deleted_at) select id, version, $3 from old
                      on conflict (id) do update set version = excluded.version, deleted_at = excluded.deleted_at),
             reports as (delete from incident_reports where incident_id in (select id from old)),
             versions as (delete from incident_versions where incident_id in (select id from old)),
             corrected as (delete from corrected_versions where incident_id in (select id from old))
        delete from incidents where id in (select id from old)
        """;

    // What a cancellation or an update left behind whose report never arrived belongs to no incident.
    private const string DeleteOrphans = """
        delete from incident_reports where report_id in (
            select report_id from incident_reports r
            where received_at < $1 and (revision = 0 or action = 'cancel' or superseded_by is not null) and not exists (select 1 from incidents i where i.id = r.incident_id)
            limit $2)
        """;

    private const string DeleteCorrections = "delete from corrections where id in (select id from corrections where created_at < $1 order by created_at limit $2)";

    // Alerts of an incident are forgotten by now, too, and its versions may begin anew.
    private const string DeleteDeleted = "delete from deleted_incidents where id in (select id from deleted_incidents where deleted_at < $1 order by deleted_at limit $2)";

    private const string OldestKey = "select coalesce(min(added_at), $1) from story_keys";
    private const string DeleteKeys = "delete from story_keys where added_at >= $1 and added_at < $2";

    private readonly TimeProvider time = time;
    private DateTimeOffset? keysDeletedTo;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().AddDays(-options.Value.Incidents);
        await DeleteKeysAsync(time.GetUtcNow() - stories.Value.Window, cancellationToken);
        await DeleteIncidentsAsync(before, cancellationToken);
        await DeleteAsync(DeleteOrphans, before, cancellationToken);
        await DeleteAsync(DeleteDeleted, before, cancellationToken);
        await DeleteAsync(DeleteCorrections, time.GetUtcNow().AddDays(-options.Value.Corrections), cancellationToken);
    }

    /// <summary>
    /// Deletes keys that lead to what is too far from whatever is told from now on: time by time, so that no part of the table is read
    /// twice, whatever of it is dead and not yet swept.
    /// </summary>
    private async Task DeleteKeysAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (keysDeletedTo is null)
        {
            await using var oldest = dataSource.CreateCommand(OldestKey);
            oldest.Parameters.Add(new() { Value = until });
            await using var reader = await oldest.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            keysDeletedTo = reader.GetFieldValue<DateTimeOffset>(0);
        }
        while (keysDeletedTo < until)
        {
            var to = keysDeletedTo.Value + Slice < until ? keysDeletedTo.Value + Slice : until;
            await using var command = dataSource.CreateCommand(DeleteKeys);
            command.Parameters.Add(new() { Value = keysDeletedTo.Value });
            command.Parameters.Add(new() { Value = to });
            await command.ExecuteNonQueryAsync(cancellationToken);
            keysDeletedTo = to;
        }
    }

    private async Task DeleteIncidentsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int deleted;
        do
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(LockPortion);
            deleted = await ExecuteAsync(DeletePortion, time.GetUtcNow());
            await transaction.CommitAsync(cancellationToken);

            async Task<int> ExecuteAsync(string portion, params object[] more)
            {
                await using var command = new NpgsqlCommand(portion, connection);
                foreach (var value in more.Prepend(Portion).Prepend(before)) command.Parameters.Add(new() { Value = value });
                return await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        while (deleted == Portion);
    }

    private async Task DeleteAsync(string portion, DateTimeOffset before, CancellationToken cancellationToken)
    {
        int deleted;
        do
        {
            await using var command = dataSource.CreateCommand(portion);
            command.Parameters.Add(new() { Value = before });
            command.Parameters.Add(new() { Value = Portion });
            deleted = await command.ExecuteNonQueryAsync(cancellationToken);
        }
        while (deleted == Portion);
    }
}
