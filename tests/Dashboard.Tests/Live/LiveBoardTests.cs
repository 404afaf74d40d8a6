using Monitoring.Contracts;
using Monitoring.Dashboard.Live;

namespace Monitoring.Dashboard.Tests.Live;

public class LiveBoardTests
{
    private static LiveBoard Board(int rows = 200, int resolvedRows = 2_000, params Alert[] alerts)
    {
        var board = new LiveBoard(new LiveOptions { Rows = rows, ResolvedRows = resolvedRows });
        board.Apply(alerts);
        board.Open(oldestResolved: null);
        return board;
    }

    [Fact]
    public async Task A_watcher_begins_with_a_snapshot_newest_first()
    {
        await using var reader = Reader.Of(Board(alerts: [Some.Alert(1), Some.Alert(3), Some.Alert(2)]));

        var snapshot = await reader.NextAsync();

        Assert.Equal("snapshot", snapshot.Name);
        Assert.Equal([Some.Id(3), Some.Id(2), Some.Id(1)], snapshot.Rows);
        Assert.Equal(3, snapshot.Count("severity", "high"));
        Assert.Equal(3, snapshot.Count("domain", "cyber"));
    }

    [Fact]
    public async Task Changes_since_the_last_frame_come_in_one()
    {
        var board = Board(alerts: [Some.Alert(1)]);
        await using var reader = Reader.Of(board);
        await reader.NextAsync();

        board.Apply([Some.Alert(2)]);
        board.Apply([Some.Alert(1, version: 2, severity: Severity.Critical)]);
        board.Apply([Some.Alert(1, version: 3, severity: Severity.Critical, state: AlertState.Acknowledged)]);
        board.Publish();
        var changes = await reader.NextAsync();

        Assert.Equal("changes", changes.Name);
        Assert.Equal([Some.Id(2), Some.Id(1)], changes.Rows);
        Assert.Equal([1, 3], changes.Versions);
        Assert.Equal(1, changes.Count("state", "acknowledged"));
        Assert.Equal(1, changes.Count("severity", "critical"));
    }

    [Fact]
    public async Task A_lower_version_never_overwrites_a_higher_one()
    {
        var board = Board(alerts: [Some.Alert(1, version: 5, state: AlertState.Acknowledged)]);
        board.Apply([Some.Alert(1, version: 4, state: AlertState.Firing)]);
        board.Publish();

        await using var reader = Reader.Of(board);

        Assert.Equal([5], (await reader.NextAsync()).Versions);
    }

    [Fact]
    public async Task A_resolved_alert_leaves_the_view_of_what_is_open()
    {
        var board = Board(alerts: [Some.Alert(1), Some.Alert(2)]);
        await using var reader = Reader.Of(board);
        await reader.NextAsync();

        board.Apply([Some.Alert(1, version: 2, state: AlertState.Resolved)]);
        board.Publish();
        var changes = await reader.NextAsync();

        Assert.Empty(changes.Rows);
        Assert.Equal([Some.Id(1)], changes.Removed);
        Assert.Equal(1, changes.Matching);
    }

    [Fact]
    public async Task Sequence_numbers_of_frames_follow_each_other()
    {
        var board = Board();
        await using var reader = Reader.Of(board);
        var numbers = new List<long> { (await reader.NextAsync()).Data.GetProperty("sequence").GetInt64() };

        for (var number = 1; number <= 3; number++)
        {
            board.Apply([Some.Alert(number)]);
            board.Publish();
            numbers.Add((await reader.NextAsync()).Data.GetProperty("sequence").GetInt64());
        }

        Assert.Equal(Enumerable.Range(0, 4).Select(step => numbers[0] + step), numbers);
    }

    [Fact]
    public async Task Who_comes_back_having_missed_nothing_gets_no_snapshot()
    {
        var board = Board(alerts: [Some.Alert(1)]);
        string? last;
        await using (var before = Reader.Of(board)) last = (await before.NextAsync()).Id;

        await using var reader = Reader.Of(board, lastEventId: last);
        board.Apply([Some.Alert(2)]);
        board.Publish();
        var changes = await reader.NextAsync();

        Assert.Equal("changes", changes.Name);
        Assert.Equal([Some.Id(2)], changes.Rows);
    }

    [Fact]
    public async Task Who_comes_back_after_a_gap_gets_a_snapshot()
    {
        var board = Board(alerts: [Some.Alert(1)]);
        string? last;
        await using (var before = Reader.Of(board)) last = (await before.NextAsync()).Id;
        board.Apply([Some.Alert(2)]);
        board.Publish();

        await using var reader = Reader.Of(board, lastEventId: last);
        var snapshot = await reader.NextAsync();

        Assert.Equal("snapshot", snapshot.Name);
        Assert.Equal([Some.Id(2), Some.Id(1)], snapshot.Rows);
    }

    [Fact]
    public async Task Who_knew_another_board_gets_a_snapshot()
    {
        var lost = Board(alerts: [Some.Alert(1)]);
        string? last;
        await using (var before = Reader.Of(lost)) last = (await before.NextAsync()).Id;

        await using var reader = Reader.Of(Board(alerts: [Some.Alert(1), Some.Alert(2)]), lastEventId: last);

        Assert.Equal("snapshot", (await reader.NextAsync()).Name);
    }

    [Fact]
    public async Task Who_falls_behind_gets_a_fresh_snapshot_in_place_of_what_was_missed()
    {
        var board = Board();
        await using var slow = Reader.Of(board);
        await slow.NextAsync();

        for (var number = 1; number <= 50; number++)
        {
            board.Apply([Some.Alert(number)]);
            board.Publish();
        }
        var snapshot = await slow.NextAsync();
        board.Apply([Some.Alert(51)]);
        board.Publish();
        var changes = await slow.NextAsync();

        Assert.Equal("snapshot", snapshot.Name);
        Assert.Equal(50, snapshot.Rows.Count);
        Assert.Equal("changes", changes.Name);
        Assert.Equal([Some.Id(51)], changes.Rows);
    }

    [Fact]
    public async Task A_slow_watcher_holds_nobody_up()
    {
        var board = Board();
        await using var slow = Reader.Of(board);
        await using var quick = Reader.Of(board);
        await quick.NextAsync();

        for (var number = 1; number <= 10; number++)
        {
            board.Apply([Some.Alert(number)]);
            board.Publish();
            Assert.Equal([Some.Id(number)], (await quick.NextAsync()).Rows);
        }
    }

    [Fact]
    public async Task Nothing_is_shown_as_if_it_were_all_before_the_alerts_were_read()
    {
        var board = new LiveBoard(new LiveOptions());
        await using var reader = Reader.Of(board);
        board.Apply([Some.Alert(1)]);
        board.Publish();
        Assert.Null(board.Look(AlertFilter.Open));

        board.Apply([Some.Alert(2)]);
        board.Open(oldestResolved: null);
        var first = await reader.NextAsync();

        Assert.Equal("snapshot", first.Name);
        Assert.Equal(2, first.Rows.Count);
    }

    [Fact]
    public async Task A_view_that_begins_between_two_frames_counts_each_alert_once()
    {
        var board = Board(alerts: [Some.Alert(1)]);
        board.Apply([Some.Alert(2)]);
        await using var reader = Reader.Of(board);

        Assert.Equal(2, (await reader.NextAsync()).Matching);
        board.Apply([Some.Alert(3)]);
        board.Publish();
        Assert.Equal(3, (await reader.NextAsync()).Matching);
    }

    [Fact]
    public void Of_resolved_alerts_only_the_newest_are_kept_and_the_list_says_where_it_goes_on()
    {
        var board = Board(resolvedRows: 10, alerts: [.. Enumerable.Range(1, 30).Select(number => Some.Alert(number, state: AlertState.Resolved)), Some.Alert(5, version: 2)]);

        var all = board.Look(AlertFilter.Open with { States = Choice<AlertState>.All })!;

        Assert.Equal([.. Enumerable.Range(21, 10).Reverse().Select(Some.Id), Some.Id(5)], all.Rows.Select(row => row.Id));
        Assert.Equal(Some.Id(20), all.Rest?.Id);
        Assert.Null(board.Look(AlertFilter.Open)!.Rest);
    }

    [Fact]
    public async Task Going_stale_is_told_though_no_alert_changed()
    {
        var board = Board();
        board.SetStale(false);
        board.Publish();
        await using var reader = Reader.Of(board);
        Assert.False((await reader.NextAsync()).Data.GetProperty("stale").GetBoolean());

        board.SetStale(true);
        board.Publish();

        Assert.True((await reader.NextAsync()).Data.GetProperty("stale").GetBoolean());
    }

    [Fact]
    public async Task A_beat_is_a_sign_of_life_and_no_loss_to_who_has_not_read_yet()
    {
        var board = Board(alerts: [Some.Alert(1)]);
        await using var reader = Reader.Of(board);
        board.Beat();
        Assert.Equal("snapshot", (await reader.NextAsync()).Name);

        board.Beat();
        Assert.Equal("beat", (await reader.NextAsync()).Name);
        board.Apply([Some.Alert(2)]);
        board.Publish();
        Assert.Equal("changes", (await reader.NextAsync()).Name);
    }

    [Fact]
    public void A_hundred_thousand_open_alerts_fit_into_150_megabytes()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var board = new LiveBoard(new LiveOptions());
        foreach (var thousand in Enumerable.Range(0, 100))
        {
            board.Apply([.. Enumerable.Range(thousand * 1_000, 1_000).Select(number =>
                Some.Alert(number, title: $"Alert {number} with a title as long as titles of agencies are, which is some ninety characters"))]);
        }
        board.Open(oldestResolved: null);

        var used = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.Equal(100_000, board.Look(AlertFilter.Open)!.Matching);
        Assert.InRange(used, 0, 150_000_000);
    }

    [Fact]
    public async Task Quiet_feeds_come_with_the_snapshot_and_then_only_when_they_change()
    {
        var board = new LiveBoard(new LiveOptions());
        board.Open(oldestResolved: null);
        board.SetQuiet("one");
        board.Publish();
        await using var reader = Reader.Of(board);
        Assert.Equal("one", (await reader.NextAsync()).Data.GetProperty("quiet").GetString());

        board.Apply([Some.Alert(1)]);
        board.Publish();
        Assert.False((await reader.NextAsync()).Data.TryGetProperty("quiet", out _));

        board.SetQuiet("two");
        await board.WaitForChangeAsync(CancellationToken.None);
        board.Publish();
        Assert.Equal("two", (await reader.NextAsync()).Data.GetProperty("quiet").GetString());
    }
}
