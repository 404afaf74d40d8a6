using Microsoft.EntityFrameworkCore;
using Monitoring.Ingestion.Polling;

namespace Monitoring.Ingestion.Storage;

/// <summary>
/// Polls as they are shared between copies of the service: each is leased to one of them at a time, and what came of it is written back
/// only under that lease, and only for the settings that it was fetched by.
/// </summary>
internal sealed class PollStore(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>How long a lease holds that is not renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Leases polls that are due, the longest waiting first, passing over those that another copy has or is about to have.</summary>
    public async Task<List<PollRow>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = now + Lease;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestionDb>();
        return await db.Polls.FromSql($"""
            update feed_polls set lease_owner = gen_random_uuid(), lease_until = {until} from (
                select poll.feed_id from feed_polls poll join feeds on feeds.id = poll.feed_id
                where poll.is_enabled and feeds.is_enabled and poll.next_at <= {now} and (poll.lease_until is null or poll.lease_until <= {now})
                order by poll.next_at limit {most} for update of poll skip locked) due
            where feed_polls.feed_id = due.feed_id
            returning feed_polls.*
            """).AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <returns>Whether the lease is still the poll's.</returns>
    public Task<bool> RenewAsync(PollRow poll, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Lease;
        return ChangeAsync(db => Leased(db, poll).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), cancellationToken));
    }

    /// <summary>Writes down how far a TAXII collection was read.</summary>
    /// <returns>Whether the lease is still the poll's, and its settings are what they were.</returns>
    public Task<bool> AdvanceAsync(PollRow poll, TaxiiPosition position, CancellationToken cancellationToken) =>
        ChangeAsync(db => Unchanged(db, poll).ExecuteUpdateAsync(set => set.SetProperty(row => row.Position, position), cancellationToken));

    /// <summary>Writes down what came of it, and ends the lease. Who asked for a fetch during this one gets another.</summary>
    public async Task CompleteAsync(PollRow poll, PollState state, CancellationToken cancellationToken)
    {
        var (claimed, next) = (poll.NextAt, state.NextAt);
        var isWritten = await ChangeAsync(db => Unchanged(db, poll).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.IsEnabled, state.IsEnabled)
            .SetProperty(row => row.Etag, state.Etag)
            .SetProperty(row => row.LastModified, state.LastModified)
            .SetProperty(row => row.NextAt, row => row.NextAt != claimed && row.NextAt < next ? row.NextAt : next)
            .SetProperty(row => row.Failures, state.Failures)
            .SetProperty(row => row.LastPolledAt, state.LastPolledAt)
            .SetProperty(row => row.LastStatus, state.LastStatus)
            .SetProperty(row => row.LastError, state.LastError)
            .SetProperty(row => row.LeaseOwner, (Guid?)null)
            .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), cancellationToken));
        if (!isWritten) await ReleaseAsync(poll, cancellationToken);
    }

    /// <summary>Ends the lease; the poll is as due as it was.</summary>
    public Task ReleaseAsync(PollRow poll, CancellationToken cancellationToken) => ChangeAsync(db => Leased(db, poll).ExecuteUpdateAsync(set => set
        .SetProperty(row => row.LeaseOwner, (Guid?)null)
        .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), cancellationToken));

    private static IQueryable<PollRow> Leased(IngestionDb db, PollRow poll) => db.Polls.Where(row => row.FeedId == poll.FeedId && row.LeaseOwner == poll.LeaseOwner);

    private static IQueryable<PollRow> Unchanged(IngestionDb db, PollRow poll) => Leased(db, poll).Where(row => row.Revision == poll.Revision);

    private async Task<bool> ChangeAsync(Func<IngestionDb, Task<int>> change)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await change(scope.ServiceProvider.GetRequiredService<IngestionDb>()) > 0;
    }
}
