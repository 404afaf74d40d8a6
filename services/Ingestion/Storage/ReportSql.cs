using Monitoring.Contracts;
using Monitoring.Ingestion.Intake;
using Npgsql;

namespace Monitoring.Ingestion.Storage;

/// <summary>Set-based statements on reports and revisions. Rows are always met in the order of their ids, so that two copies never deadlock.</summary>
internal static class ReportSql
{
    /// <summary>Inserts the reports that are not there, standing at these revisions.</summary>
    /// <returns>The ids of those that were inserted; the others exist, and are not locked.</returns>
    public static async Task<HashSet<Guid>> InsertNewAsync(NpgsqlConnection connection, IReadOnlyCollection<NewRevision> newest, CancellationToken cancellationToken)
    {
        var inserted = new HashSet<Guid>(newest.Count);
        if (newest.Count == 0) return inserted;
        var (ids, feeds, names, times, revisions, digests) = (new Guid[newest.Count], new Guid[newest.Count], new string[newest.Count],
            new DateTimeOffset[newest.Count], new int[newest.Count], new byte[newest.Count][]);
        var row = 0;
        foreach (var (item, revision) in newest)
        {
            (ids[row], feeds[row], names[row]) = (item.Id, item.Feed.Id, item.Report.ExternalId);
            (times[row], revisions[row], digests[row]) = (item.ReceivedAt, revision, item.Digest);
            row++;
        }
        await using var command = new NpgsqlCommand("""
            insert into reports (id, feed_id, external_id, received_at, updated_at, revision, digest)
            select id, feed_id, external_id, received_at, received_at, revision, digest
            from unnest($1, $2, $3, $4, $5, $6) as row (id, feed_id, external_id, received_at, revision, digest)
            order by id
            on conflict (id) do nothing
            returning id
            """, connection);
        command.With(ids).With(feeds).With(names).With(times).With(revisions).With(digests);
        await command.PrepareAsync(cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) inserted.Add(reader.GetGuid(0));
        return inserted;
    }

    /// <summary>Tells how reports stand, and locks them where they are to be changed.</summary>
    public static async Task<Dictionary<Guid, Head>> ReadHeadsAsync(NpgsqlConnection connection, Guid[] ids, bool isLocking, CancellationToken cancellationToken)
    {
        const string read = "select id, revision, digest from reports where id = any($1)";
        await using var command = new NpgsqlCommand(isLocking ? read + " order by id for update" : read, connection);
        command.With(ids);
        await command.PrepareAsync(cancellationToken);
        var heads = new Dictionary<Guid, Head>(ids.Length);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) heads.Add(reader.GetGuid(0), new Head(reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)));
        return heads;
    }

    /// <summary>Moves reports that are locked on to these revisions.</summary>
    public static NpgsqlBatchCommand Update(IReadOnlyCollection<NewRevision> newest) =>
        new NpgsqlBatchCommand("""
            update reports set revision = row.revision, digest = row.digest, updated_at = row.received_at
            from unnest($1, $2, $3, $4) as row (id, revision, digest, received_at)
            where reports.id = row.id
            """)
            .With(newest.Select(revision => revision.Item.Id).ToArray())
            .With(newest.Select(revision => revision.Revision).ToArray())
            .With(newest.Select(revision => revision.Item.Digest).ToArray())
            .With(newest.Select(revision => revision.Item.ReceivedAt).ToArray());

    public static NpgsqlBatchCommand InsertRevisions(List<NewRevision> revisions)
    {
        var (ids, numbers, digests, times) = (new Guid[revisions.Count], new int[revisions.Count], new byte[revisions.Count][], new DateTimeOffset[revisions.Count]);
        var (actions, formats, raws, traces) = (new string[revisions.Count], new string[revisions.Count], new byte[revisions.Count][], new string?[revisions.Count]);
        for (var row = 0; row < revisions.Count; row++)
        {
            var (item, revision) = revisions[row];
            (ids[row], numbers[row], digests[row], times[row]) = (item.Id, revision, item.Digest, item.ReceivedAt);
            (actions[row], formats[row], raws[row], traces[row]) = (Wire<ReportAction>.Name(item.Report.Action), item.Format, item.Raw, item.TraceId);
        }
        return new NpgsqlBatchCommand("""
            insert into report_revisions (report_id, revision, digest, received_at, action, format, raw, trace_id)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
            """).With(ids).With(numbers).With(digests).With(times).With(actions).With(formats).With(raws).WithTexts(traces);
    }
}
