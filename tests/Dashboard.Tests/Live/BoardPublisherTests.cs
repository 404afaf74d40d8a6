using Monitoring.Dashboard.Live;

namespace Monitoring.Dashboard.Tests.Live;

public sealed class BoardPublisherTests : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private readonly LiveBoard board = new(new LiveOptions());
    private readonly BoardPublisher publisher;

    public BoardPublisherTests()
    {
        board.Open(oldestResolved: null);
        publisher = new BoardPublisher(board, new LiveOptions(), time);
    }

    public async ValueTask InitializeAsync() => await publisher.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await publisher.StopAsync(CancellationToken.None);
        publisher.Dispose();
    }

    [Fact]
    public async Task The_first_change_after_a_quiet_time_goes_out_at_once_and_the_next_are_gathered()
    {
        await using var reader = Reader.Of(board);
        await reader.NextAsync();

        board.Apply([Some.Alert(1)]);
        Assert.Equal([Some.Id(1)], (await reader.NextAsync()).Rows);

        board.Apply([Some.Alert(2)]);
        board.Apply([Some.Alert(3)]);
        var gathered = reader.NextAsync();
        // The beat's timer and the frame's.
        await UntilAsync(() => time.Waiting == 2);
        time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.False(gathered.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal([Some.Id(3), Some.Id(2)], (await gathered).Rows);
    }

    [Fact]
    public async Task A_quiet_stream_beats()
    {
        await using var reader = Reader.Of(board);
        await reader.NextAsync();
        await UntilAsync(() => time.Waiting >= 1);

        time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal("beat", (await reader.NextAsync()).Name);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
