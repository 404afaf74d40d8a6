using Microsoft.Extensions.Options;
using Monitoring.Classification.Storage;
using Monitoring.Classification.Stories;
using Monitoring.Integration.Tests.Systems;
using Npgsql;

namespace Monitoring.Integration.Tests.Ordering;

/// <summary>What copies of Classification know of each other's reports.</summary>
[Collection(SharedStackTests.Name)]
public sealed class StoryIndexTests(SharedStack shared) : IAsyncLifetime
{
    private readonly Stack stack = shared.Stack;
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(shared.Stack.Database.ConnectionStringOf("classification"));
    private readonly int word = Guid.NewGuid().GetHashCode();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => source.DisposeAsync();

    [Fact]
    public async Task What_one_copy_commits_another_finds_at_its_next_look_in_whatever_order_transactions_end()
    {
        var (one, other) = (await CopyAsync(), await CopyAsync());
        var (early, late, dropped) = (await RecordedAsync(), await RecordedAsync(), await RecordedAsync());
        await using var slow = await source.OpenConnectionAsync();
        await using var writing = await slow.BeginTransactionAsync();
        await one.AddAsync(slow, [early], CancellationToken.None);
        Assert.Empty(await FoundByAsync(other));

        // One that began later ends earlier.
        await CommitAsync(one, late);
        Assert.Equal([late.IncidentId], await FoundByAsync(other));
        await writing.CommitAsync();
        Assert.Equal([early.IncidentId, late.IncidentId], await FoundByAsync(other));

        await using (var failing = await slow.BeginTransactionAsync())
        {
            await one.AddAsync(slow, [dropped], CancellationToken.None);
            await failing.RollbackAsync();
        }
        Assert.Equal([early.IncidentId, late.IncidentId], await FoundByAsync(other));
        Assert.Equal([early.IncidentId, late.IncidentId], await FoundByAsync(one));
    }

    [Fact]
    public async Task A_copy_that_starts_knows_what_was_stored_before_also_in_a_database_that_was_restored_elsewhere()
    {
        var (before, after) = (await RecordedAsync(), await RecordedAsync());
        await CommitAsync(await CopyAsync(), before);
        await stack.Database.ListAsync<Guid>(
            "UPDATE classification.story_keys SET tx = '18446744073709000000' WHERE report_id = $1 RETURNING report_id", before.Id);
        var copy = await CopyAsync();
        Assert.Equal([before.IncidentId], await FoundByAsync(copy));
        Assert.Equal(0, await stack.Database.ReadAsync<long>("SELECT count(*) FROM classification.story_keys WHERE tx >= pg_snapshot_xmax(pg_current_snapshot())"));
        await CommitAsync(copy, after);
        Assert.Equal([before.IncidentId, after.IncidentId], await FoundByAsync(copy));
    }

    private async Task<StoryIndex> CopyAsync()
    {
        var index = new StoryIndex(source, Options.Create(new StoryOptions()), TimeProvider.System);
        await index.LoadAsync(CancellationToken.None);
        return index;
    }

    private async Task CommitAsync(StoryIndex copy, JoiningReport report)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await copy.AddAsync(connection, [report], CancellationToken.None);
        await transaction.CommitAsync();
    }

    /// <summary>The incidents, in the order of the reports that were told, that a copy finds for one more report of the event.</summary>
    private async Task<IEnumerable<Guid>> FoundByAsync(StoryIndex copy)
    {
        await using var connection = await source.OpenConnectionAsync();
        var sought = Told();
        var found = (await copy.FindAsync(connection, [sought], CancellationToken.None)).Candidates[sought.Id].Select(candidate => candidate.IncidentId).ToHashSet();
        return told.Where(report => found.Contains(report.IncidentId)).Select(report => report.IncidentId);
    }

    private readonly List<JoiningReport> told = [];

    /// <summary>A report of the event, whose record is stored.</summary>
    private async Task<JoiningReport> RecordedAsync()
    {
        var report = Told();
        told.Add(report);
        await stack.Database.ListAsync<Guid>("""
            INSERT INTO classification.incident_reports (report_id, incident_id, revision, feed_id, feed, external_id, action, received_at, signature)
            VALUES ($1, $2, 1, $1, 'f', $1::text, 'new', now(), $3) RETURNING report_id
            """, report.Id, report.IncidentId, report.Signature.ToBytes());
        return report;
    }

    private JoiningReport Told() => new(Guid.NewGuid(), Guid.NewGuid(), new Signature
    {
        Words = [new WeighedWord(word, 80, IsName: true, IsNumber: false)], Identifiers = [], Happenings = 0, Domains = 0, Countries = [],
        ToldAt = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), HasPublished = false, FeedId = Guid.NewGuid(), Url = 0, Identity = 0,
    });
}
