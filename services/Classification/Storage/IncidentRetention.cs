using Microsoft.Extensions.Options;
using Monitoring.ServiceDefaults.Storage;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>How long incidents are kept.</summary>
internal sealed class RetentionOptions
{
    /// <summary>Days after its last change that an incident, with its reports and versions, is deleted.</summary>
    public int Incidents { get; set; } = 400;
}

/// <summary>Deletes what is older than the retention, in portions, so that no lock is held for long.</summary>
internal sealed class IncidentRetention(
    NpgsqlDataSource dataSource, IOptions<RetentionOptions> options, DatabaseReady ready, TimeProvider time, ILogger<IncidentRetention> logger)
    : RepeatingWork(ready, time, TimeSpan.FromHours(1), logger)
{
    private const int Portion = 1_000;

    private const string DeletePortion = """
        with old as (select id from incidents where updated_at < $1 order by updated_at limit $2 for update skip locked),
             reports as (delete from incident_reports where incident_id in (select id from old)),
             versions as (delete from incident_versions where incident_id in (select id from old))
        delete from incidents where id in (select id from old)
        """;

    // What a cancellation or an update left behind whose report never arrived belongs to no incident.
    private const string DeleteOrphans = """
        delete from incident_reports where report_id in (
            select report_id from incident_reports r
            where received_at < $1 and (revision = 0 or action = 'cancel' or superseded_by is not null) and not exists (select 1 from incidents i where i.id = r.incident_id)
            limit $2)
        """;

    private readonly TimeProvider time = time;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().AddDays(-options.Value.Incidents);
        await DeleteAsync(DeletePortion, before, cancellationToken);
        await DeleteAsync(DeleteOrphans, before, cancellationToken);
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
