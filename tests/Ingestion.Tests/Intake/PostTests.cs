using Microsoft.Extensions.Logging.Abstractions;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Intake;
using Monitoring.Ingestion.Storage;
using Monitoring.Ingestion.Tests.Formats;
using Monitoring.ServiceDefaults.Bulk;
using Npgsql;

namespace Monitoring.Ingestion.Tests.Intake;

public sealed class PostTests : IDisposable
{
    private readonly CancellationTokenSource stopping = new();

    [Fact]
    public async Task Many_items_go_in_bounded_groups_and_are_answered_in_order()
    {
        var writer = new RecordingWriter();
        var answer = await AnswerAsync(writer, [.. Enumerable.Range(0, 1_201).Select(number => $$"""{"externalId":"{{number}}","title":"a"}""")]);
        Assert.Equal(Enumerable.Range(0, 1_201), answer.Accepted.Select(item => item.Index));
        Assert.Equal("1200", answer.Accepted[^1].ExternalId);
        Assert.All(writer.Groups, group => Assert.InRange(group, 1, 500));
    }

    [Fact]
    public async Task Accepted_duplicates_and_refused_are_told_apart()
    {
        var answer = await AnswerAsync(new RecordingWriter(),
            ["""{"externalId":"a","title":"a"}""", """{"externalId":"duplicate","title":"a"}""", """{"externalId":"refused","title":"a"}"""]);
        Assert.Equal([0], answer.Accepted.Select(item => item.Index));
        Assert.Equal([1], answer.Duplicates.Select(item => item.Index));
        var rejected = Assert.Single(answer.Rejected);
        Assert.Equal(2, rejected.Index);
        Assert.NotNull(rejected.QuarantineId);
    }

    [Fact]
    public async Task A_lost_database_fails_the_post() =>
        await Assert.ThrowsAsync<TimeoutException>(() => AnswerAsync(new RecordingWriter(), ["""{"externalId":"lost","title":"a"}"""]));

    [Fact]
    public async Task A_post_is_turned_away_whole_when_too_much_is_waiting()
    {
        var targets = Targets(new RecordingWriter(), new GroupLimits { WaitingItems = 1 }, run: false);
        using var first = NewPost(targets);
        using var second = NewPost(targets);
        foreach (var post in new[] { first, second })
            for (var number = 0; number < 500; number++) await post.AddAsync(Item(number), CancellationToken.None);
        Assert.False(first.IsTurnedAway);
        Assert.True(second.IsTurnedAway);
        Assert.Empty((await second.CompleteAsync(CancellationToken.None)).Accepted);
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }

    private async Task<PostAnswer> AnswerAsync(RecordingWriter writer, string[] lines)
    {
        using var post = NewPost(Targets(writer, new GroupLimits(), run: true));
        foreach (var item in await Reading.ItemsOf(string.Join('\n', lines), lines: true)) await post.AddAsync(item, CancellationToken.None);
        return await post.CompleteAsync(CancellationToken.None);
    }

    private PostTargets Targets(RecordingWriter writer, GroupLimits limits, bool run)
    {
        var commit = new GroupCommit<IntakeItem, IntakeResult>(writer, limits, TimeProvider.System, NullLogger<GroupCommit<IntakeItem, IntakeResult>>.Instance);
        if (run) _ = commit.RunAsync(stopping.Token);
        // Nothing of these tests reaches a database.
        var nowhere = NpgsqlDataSource.Create("Host=nowhere.invalid");
        return new PostTargets(commit, new QuarantineStore(nowhere), new IdempotentPosts(nowhere, TimeProvider.System));
    }

    private static Post NewPost(PostTargets targets) => new(targets, Items.Feed, FeedFormats.All[0], key: null, DateTimeOffset.UnixEpoch, traceId: null);

    private static FeedItem Item(int index) =>
        new() { Index = index, Raw = [1], Report = new() { ExternalId = $"{index}", Title = "a" } };

    private sealed class RecordingWriter : IGroupWriter<IntakeItem, IntakeResult>
    {
        public List<int> Groups { get; } = [];

        public bool WaitsForServer => false;

        public int Weigh(IntakeItem item) => item.Raw.Length;

        public Task<IReadOnlyList<IntakeResult>> WriteAsync(IReadOnlyList<IntakeItem> items, CancellationToken cancellationToken)
        {
            Groups.Add(items.Count);
            if (items.Any(item => item.Report.ExternalId == "lost")) throw new TimeoutException("The database is away.");
            return Task.FromResult<IReadOnlyList<IntakeResult>>([.. items.Select(item => new IntakeResult(OutcomeOf(item.Report.ExternalId), 1))]);
        }

        public Task<IntakeResult> RefuseAsync(IntakeItem item, Exception reason, CancellationToken cancellationToken) =>
            Task.FromResult(new IntakeResult(IntakeOutcome.Refused, 0));

        private static IntakeOutcome OutcomeOf(string externalId) => externalId switch
        {
            "duplicate" => IntakeOutcome.Duplicate,
            "refused" => IntakeOutcome.Refused,
            _ => IntakeOutcome.Accepted,
        };
    }
}
