using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Monitoring.Classification.Stories;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>
/// Finds incidents that reports may belong to, by keys that they share with stored ones. The keys are stored for as long as reports may
/// join; this copy of the service holds them in memory, too, and before it looks for something reads what has been committed since, by
/// whichever copy. For one writer at a time.
/// </summary>
internal sealed class StoryIndex(NpgsqlDataSource dataSource, IOptions<StoryOptions> options, TimeProvider time)
{
    /// <summary>Keys are locked by so many stripes, so that a group holds a bounded number of locks.</summary>
    private const int Stripes = 512;
    private const int LockClass = 0x53544F52;

    private const string Lock = "select pg_advisory_xact_lock($1, stripe) from unnest($2) as locked (stripe)";

    // A database that was restored elsewhere counts its transactions anew: what they wrote is long committed.
    private const string Restore = "update story_keys set tx = '0' where tx >= pg_snapshot_xmax(pg_current_snapshot())";

    private const string All = """
        select pg_current_snapshot()::text, null, null, null, null
        union all select null, report_id, told_at, added_at, keys from story_keys where added_at >= $1
        """;

    // Each row once: what this snapshot sees, and the one before did not.
    private const string Since = """
        select pg_current_snapshot()::text, null, null, null, null
        union all select null, report_id, told_at, added_at, keys from story_keys where tx >= pg_snapshot_xmax($1::pg_snapshot)
        union all select null, report_id, told_at, added_at, keys from story_keys where tx = any (array(select pg_snapshot_xip($1::pg_snapshot)))
        """;

    private const string Reports = """
        select wanted.id, latest.signature
        from unnest($1) as wanted (id) cross join lateral (
            select signature from incident_reports
            where incident_id = wanted.id and signature is not null and cancelled_by is null and superseded_by is null and action <> 'cancel'
            order by received_at desc limit $2) latest
        """;

    private const string Add = """
        insert into story_keys (report_id, told_at, added_at, keys)
        select report_id, told_at, $4, keys from unnest($1, $2, $3) as new (report_id, told_at, keys)
        """;

    private KeyIndex index = new();
    // What the index holds is what this one sees; absent where that is not known.
    private string? snapshot;

    /// <summary>
    /// Locks the keys of the reports until the transaction ends, so that of two copies of the service which see the first two reports of a
    /// story at once the second finds what the first one made of it. A group of hundreds holds nearly all stripes: such groups are joined
    /// one after the other by all copies together, while they judge at the same time.
    /// </summary>
    public static async Task LockAsync(NpgsqlConnection connection, IReadOnlyList<JoiningReport> reports, CancellationToken cancellationToken)
    {
        if (reports.Count == 0) return;
        await using var command = new NpgsqlCommand(Lock, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = LockClass });
        // In one order, so that two copies cannot stay locked against each other.
        command.Parameters.Add(new NpgsqlParameter<int[]>
        {
            TypedValue = [.. reports.SelectMany(report => report.Keys).Select(key => key.Hash & (Stripes - 1)).Distinct().Order()],
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads all keys that are stored, where that was not done yet: before anything is locked, since it may take seconds.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (snapshot is not null) return;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using (var restore = new NpgsqlCommand(Restore, connection)) await restore.ExecuteNonQueryAsync(cancellationToken);
        index = new();
        await using var command = new NpgsqlCommand(All, connection);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = Oldest });
        await ReadAsync(command, cancellationToken);
    }

    /// <summary>Reads what reports, whose keys are locked, may belong to.</summary>
    public async Task<KnownStories> FindAsync(NpgsqlConnection connection, IReadOnlyList<JoiningReport> reports, CancellationToken cancellationToken)
    {
        if (reports.Count == 0) return KnownStories.None;
        await using (var since = new NpgsqlCommand(Since, connection))
        {
            since.Parameters.Add(new NpgsqlParameter<string> { TypedValue = snapshot });
            await ReadAsync(since, cancellationToken);
        }
        index.Forget(Oldest);
        var found = reports.SelectMany(report => index.Find(report, options.Value.Window).Select(hit => (report.Id, Hit: hit))).ToList();
        var incidents = await ReportStatements.IncidentsOfStandingAsync(connection, [.. found.Select(pair => pair.Hit.Report).Distinct()], cancellationToken);
        var candidates = found.Where(pair => incidents.ContainsKey(pair.Hit.Report))
            .GroupBy(pair => (pair.Id, Incident: incidents[pair.Hit.Report]), (key, same) => (key.Id, Candidate: new Candidate(key.Incident, same.Max(pair => pair.Hit.Weight))))
            .ToLookup(pair => pair.Id, pair => pair.Candidate);
        return new(candidates, await ReportsAsync(connection, [.. incidents.Values.Distinct()], cancellationToken));
    }

    /// <summary>Lets reports be found, by all copies, once the transaction is committed.</summary>
    public async Task AddAsync(NpgsqlConnection connection, IReadOnlyList<JoiningReport> reports, CancellationToken cancellationToken)
    {
        if (reports.Count == 0) return;
        await using var command = new NpgsqlCommand(Add, connection);
        command.AddColumn(reports, report => report.Id);
        command.AddColumn(reports, report => DateTimeOffset.FromUnixTimeSeconds(report.Signature.ToldAt));
        command.AddColumn(reports, report => MemoryMarshal.AsBytes<int>(report.Keys.Where(key => key.IsKept).Select(key => key.Hash).Distinct().ToArray()).ToArray());
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What was stored before is too far from whatever is told from now on.</summary>
    private DateTimeOffset Oldest => time.GetUtcNow() - options.Value.Window;

    private async Task ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        // Where this ends early, everything is read anew.
        snapshot = null;
        string? seen = null;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!reader.IsDBNull(0)) seen = reader.GetString(0);
            else index.Add(reader.GetGuid(1), reader.GetFieldValue<DateTimeOffset>(2).ToUnixTimeSeconds(), reader.GetFieldValue<DateTimeOffset>(3), MemoryMarshal.Cast<byte, int>(reader.GetFieldValue<byte[]>(4)));
        }
        snapshot = seen;
    }

    private static async Task<ILookup<Guid, Signature>> ReportsAsync(NpgsqlConnection connection, Guid[] incidents, CancellationToken cancellationToken)
    {
        var signatures = new List<(Guid Incident, Signature Signature)>();
        if (incidents.Length > 0)
        {
            await using var command = new NpgsqlCommand(Reports, connection);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = incidents });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Sameness.ReportsAtMost });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) signatures.Add((reader.GetGuid(0), Signature.FromBytes(reader.GetFieldValue<byte[]>(1))));
        }
        return signatures.ToLookup(pair => pair.Incident, pair => pair.Signature);
    }
}
