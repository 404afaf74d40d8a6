using Npgsql;

namespace Monitoring.Ingestion.Storage;

/// <summary>Deletes what is too old, a bounded number of rows at a time. Several copies may do so at once: they pass over each other's rows.</summary>
internal sealed class RetentionSql(NpgsqlDataSource dataSource)
{
    private const int RowsAtOnce = 1_000;

    /// <summary>Reports whose newest revision came before, with all their revisions.</summary>
    public Task<int> DeleteReportsAsync(DateTimeOffset before, CancellationToken cancellationToken) => ExecuteAsync("""
        with old as (
            delete from reports where id in (select id from reports where updated_at < $1 order by updated_at limit $2 for update skip locked) returning id
        ), revisions as (
            delete from report_revisions where report_id in (select id from old)
        )
        select count(*)::integer from old
        """, before, cancellationToken);

    public async Task<int> DeleteKeysAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var posts = await ExecuteAsync("""
            with old as (
                delete from idempotent_posts where ctid in (select ctid from idempotent_posts where created_at < $1 limit $2 for update skip locked) returning 1
            )
            select count(*)::integer from old
            """, before, cancellationToken);
        var items = await ExecuteAsync("""
            with old as (
                delete from idempotent_items where ctid in (select ctid from idempotent_items where created_at < $1 limit $2 for update skip locked) returning 1
            )
            select count(*)::integer from old
            """, before, cancellationToken);
        return posts + items;
    }

    public Task<int> DeleteQuarantineAsync(DateTimeOffset before, CancellationToken cancellationToken) => ExecuteAsync("""
        with old as (
            delete from quarantine where id in (select id from quarantine where received_at < $1 order by received_at limit $2 for update skip locked) returning 1
        )
        select count(*)::integer from old
        """, before, cancellationToken);

    /// <summary>Of each feed what lies beyond so many bytes, counted from the newest; the oldest first.</summary>
    public Task<int> DeleteQuarantineAboveAsync(long bytesPerFeed, CancellationToken cancellationToken) => ExecuteAsync("""
        with sizes as (
            select id, sum(octet_length(raw)) over (partition by feed_id order by received_at desc, id desc) as bytes from quarantine
        ), old as (
            delete from quarantine where id in (select id from sizes where bytes > $1 order by bytes desc limit $2) returning 1
        )
        select count(*)::integer from old
        """, bytesPerFeed, cancellationToken);

    private async Task<int> ExecuteAsync<T>(string sql, T bound, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        return (int)(await command.With(bound).With(RowsAtOnce).ExecuteScalarAsync(cancellationToken))!;
    }
}
