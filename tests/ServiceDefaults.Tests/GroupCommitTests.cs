using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Monitoring.ServiceDefaults.Bulk;
using Npgsql;

namespace Monitoring.ServiceDefaults.Tests;

public sealed class GroupCommitTests : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    [Fact]
    public async Task What_arrives_while_a_commit_runs_shares_the_next_one()
    {
        var writer = new Writer();
        var commit = Start(writer);
        writer.Gate.Reset();
        var first = commit.SubmitAsync([1], stopping.Token);
        await writer.Entered.WaitAsync(Deadline);
        var others = Enumerable.Range(2, 9).Select(item => commit.SubmitAsync([item], stopping.Token)).ToList();
        writer.Gate.Set();

        Assert.Equal(["1"], await first);
        Assert.Equal(Enumerable.Range(2, 9).Select(item => item.ToString()), (await Task.WhenAll(others)).SelectMany(results => results));
        Assert.Equal(2, writer.Groups.Count);
    }

    [Fact]
    public async Task Few_items_after_a_group_wait_for_each_other_until_they_are_enough()
    {
        var writer = new Writer();
        var commit = Start(writer, new GroupLimits { Pace = TimeSpan.FromMinutes(5), SmallGroup = 4 });
        // A pace that no test would outlast: only that enough have come can start a group.
        var early = Enumerable.Range(0, 3).Select(item => commit.SubmitAsync([item], stopping.Token)).ToList();
        Assert.DoesNotContain(early, submission => submission.IsCompleted);
        await Task.WhenAll([.. early, commit.SubmitAsync([3], stopping.Token)]).WaitAsync(Deadline);

        var lonely = commit.SubmitAsync([4], stopping.Token);
        Assert.Equal([[0, 1, 2, 3]], writer.Groups);
        Assert.False(lonely.IsCompleted);
    }

    [Fact]
    public async Task A_group_never_exceeds_its_bounds()
    {
        var writer = new Writer();
        var commit = Start(writer, new GroupLimits { Items = 10 });
        writer.Gate.Reset();
        var submissions = Enumerable.Range(0, 100).Select(item => commit.SubmitAsync([item, item], stopping.Token)).ToList();
        writer.Gate.Set();
        await Task.WhenAll(submissions);

        Assert.All(writer.Groups, group => Assert.InRange(group.Count, 1, 10));
        Assert.Equal(200, writer.Groups.Sum(group => group.Count));
    }

    [Fact]
    public async Task One_bad_item_among_499_good_ones_is_refused_alone()
    {
        var writer = new Writer { Bad = item => item == 321 };
        var results = await Start(writer).SubmitAsync([.. Enumerable.Range(0, 500)], stopping.Token);

        Assert.Equal([321], writer.Refused);
        Assert.Equal(Enumerable.Range(0, 500).Select(item => item == 321 ? "refused" : item.ToString()), results);
    }

    [Fact]
    public async Task A_server_that_is_away_is_waited_for_and_nothing_is_refused()
    {
        var writer = new Writer { WaitsForServer = true, Faults = new([new SocketException(), new NpgsqlException("away", new IOException())]) };
        Assert.Equal(["7"], await Start(writer).SubmitAsync([7], stopping.Token));
        Assert.Empty(writer.Refused);
    }

    [Fact]
    public async Task A_post_learns_that_the_server_is_away()
    {
        var writer = new Writer { Faults = new([new NpgsqlException("away", new SocketException())]) };
        await Assert.ThrowsAsync<NpgsqlException>(() => Start(writer).SubmitAsync([7], stopping.Token));
        Assert.Empty(writer.Refused);
    }

    [Fact]
    public async Task A_deadlock_is_repeated_at_once_also_for_a_post()
    {
        var writer = new Writer { Faults = new([new PostgresException("deadlock detected", "ERROR", "ERROR", "40P01")]) };
        Assert.Equal(["7"], await Start(writer).SubmitAsync([7], stopping.Token));
    }

    [Fact]
    public async Task What_exceeds_the_room_to_wait_is_turned_away()
    {
        var writer = new Writer();
        var commit = Start(writer, new GroupLimits { Items = 1, WaitingItems = 3 });
        writer.Gate.Reset();
        var first = commit.TrySubmit([0])!;
        await writer.Entered.WaitAsync(Deadline);
        var waiting = new[] { commit.TrySubmit([1]), commit.TrySubmit([2]), commit.TrySubmit([3]) };

        Assert.DoesNotContain(null, waiting);
        Assert.Null(commit.TrySubmit([4]));
        writer.Gate.Set();
        await Task.WhenAll([first, .. waiting!]);
        Assert.Equal(4, writer.Groups.Count);
    }

    private static TimeSpan Deadline => TimeSpan.FromSeconds(30);

    private GroupCommit<int, string> Start(Writer writer, GroupLimits? limits = null)
    {
        var commit = new GroupCommit<int, string>(writer, limits ?? new GroupLimits(), TimeProvider.System, NullLogger<GroupCommit<int, string>>.Instance);
        running = commit.RunAsync(stopping.Token);
        return commit;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private sealed class Writer : IGroupWriter<int, string>
    {
        public bool WaitsForServer { get; init; }
        public Func<int, bool> Bad { get; init; } = _ => false;
        public Queue<Exception> Faults { get; init; } = new();
        public List<IReadOnlyList<int>> Groups { get; } = [];
        public List<int> Refused { get; } = [];
        public ManualResetEventSlim Gate { get; } = new(initialState: true);
        public SemaphoreSlim Entered { get; } = new(0);

        public async Task<IReadOnlyList<string>> WriteAsync(IReadOnlyList<int> items, CancellationToken cancellationToken)
        {
            Entered.Release();
            await Task.Run(() => Gate.Wait(cancellationToken), cancellationToken);
            if (Faults.TryDequeue(out var fault)) throw fault;
            if (items.Any(Bad)) throw new PostgresException("invalid byte sequence", "ERROR", "ERROR", "22021");
            Groups.Add(items);
            return [.. items.Select(item => item.ToString())];
        }

        public Task<string> RefuseAsync(int item, Exception reason, CancellationToken cancellationToken)
        {
            Refused.Add(item);
            return Task.FromResult("refused");
        }

        public int Weigh(int item) => 1;
    }
}
