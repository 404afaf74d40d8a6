using Monitoring.Classification.Stories;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>
/// Finds incidents that reports may belong to, by keys that they share with stored ones. Every look-up is a bounded piece of an index,
/// however many reports the window holds. Each statement runs in its caller's transaction.
/// </summary>
internal static class StoryIndex
{
    /// <summary>Keys are locked by so many stripes, so that a group holds a bounded number of locks.</summary>
    private const int Stripes = 512;
    private const int LockClass = 0x53544F52;

    private const string Lock = "select pg_advisory_xact_lock($1, stripe) from unnest($2) as locked (stripe)";

    // A minute that is full says nothing.
    private const string Candidates = """
        with hits as (
            select wanted.n, found.report_id, sum(wanted.weight) as weight
            from unnest($1, $2, $3, $4, $5, $6) as wanted (n, report_id, key, weight, is_minute, told_at)
            cross join lateral (
                select latest.report_id, count(*) over () as sharing
                from (select report_id from story_keys
                      where key = wanted.key and told_at between wanted.told_at - $7 and wanted.told_at + $7 order by told_at desc limit $8) latest) found
            where found.report_id <> wanted.report_id and not (wanted.is_minute and found.sharing = $8)
            group by wanted.n, found.report_id
        ), best as (
            select *, row_number() over (partition by n order by weight desc, report_id) as place from hits
        )
        select best.n, known.incident_id, max(best.weight)
        from best join incident_reports known on known.report_id = best.report_id
        where best.place <= $9 and known.cancelled_by is null and known.superseded_by is null and known.action <> 'cancel'
        group by 1, 2
        """;

    private const string Reports = """
        select wanted.id, latest.signature
        from unnest($1) as wanted (id) cross join lateral (
            select signature from incident_reports
            where incident_id = wanted.id and signature is not null and cancelled_by is null and superseded_by is null and action <> 'cancel'
            order by received_at desc limit $2) latest
        """;

    private const string Add = """
        insert into story_keys (key, told_at, report_id, added_at)
        select key, told_at, report_id, $4 from unnest($1, $2, $3) as new (key, told_at, report_id) order by 1
        on conflict do nothing
        """;

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
            TypedValue = [.. reports.SelectMany(report => report.Keys).Select(key => (int)(key.Hash & (Stripes - 1))).Distinct().Order()],
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads what reports, whose keys are locked, may belong to.</summary>
    public static async Task<KnownStories> FindAsync(
        NpgsqlConnection connection, IReadOnlyList<JoiningReport> reports, TimeSpan window, CancellationToken cancellationToken)
    {
        if (reports.Count == 0) return KnownStories.None;
        var sought = reports.SelectMany((report, n) => report.Keys.Select(key => (N: n, Report: report, Key: key))).ToList();
        var candidates = new List<(Guid Report, Candidate Candidate)>();
        await using (var command = new NpgsqlCommand(Candidates, connection))
        {
            command.AddColumn(sought, item => item.N);
            command.AddColumn(sought, item => item.Report.Id);
            command.AddColumn(sought, item => item.Key.Hash);
            command.AddColumn(sought, item => item.Key.Weight);
            command.AddColumn(sought, item => item.Key.IsMinute);
            command.AddColumn(sought, item => DateTimeOffset.FromUnixTimeSeconds(item.Report.Signature.ToldAt));
            command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = window });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Joining.ReportsOfKeyAtMost });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Joining.ReportsAtMost });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) candidates.Add((reports[reader.GetInt32(0)].Id, new(reader.GetGuid(1), reader.GetFloat(2))));
        }
        var signatures = await ReportsAsync(connection, [.. candidates.Select(pair => pair.Candidate.IncidentId).Distinct()], cancellationToken);
        return new(candidates.ToLookup(pair => pair.Report, pair => pair.Candidate), signatures);
    }

    /// <summary>Lets reports be found from now on.</summary>
    public static async Task AddAsync(NpgsqlConnection connection, IEnumerable<JoiningReport> reports, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kept = reports.SelectMany(report => report.Keys.Where(key => key.IsKept).Select(key => (Report: report, Key: key))).ToList();
        if (kept.Count == 0) return;
        await using var command = new NpgsqlCommand(Add, connection);
        command.AddColumn(kept, item => item.Key.Hash);
        command.AddColumn(kept, item => DateTimeOffset.FromUnixTimeSeconds(item.Report.Signature.ToldAt));
        command.AddColumn(kept, item => item.Report.Id);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await command.ExecuteNonQueryAsync(cancellationToken);
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
