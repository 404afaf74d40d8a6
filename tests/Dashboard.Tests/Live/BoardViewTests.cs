using Monitoring.Contracts;
using Monitoring.Dashboard.Live;

namespace Monitoring.Dashboard.Tests.Live;

public class BoardViewTests
{
    private static readonly AlertFilter Critical = AlertFilter.Open with { Severities = Choice<Severity>.Of([Severity.Critical]) };

    [Fact]
    public void A_row_that_no_longer_matches_leaves()
    {
        var before = Some.Row(Some.Alert(1, severity: Severity.Critical));
        var after = Some.Row(Some.Alert(1, version: 2, severity: Severity.Low));
        var view = Filled(Critical, 10, before);

        var change = view.Apply([new(before, after)], [after]);

        Assert.Empty(change.Rows);
        Assert.Equal([Some.Id(1)], change.Removed);
        Assert.Equal(0, view.Matching);
    }

    [Fact]
    public void A_row_that_begins_to_match_enters()
    {
        var before = Some.Row(Some.Alert(1, severity: Severity.Low));
        var after = Some.Row(Some.Alert(1, version: 2, severity: Severity.Critical));
        var view = Filled(Critical, 10, before);

        var change = view.Apply([new(before, after)], [after]);

        Assert.Equal([after], change.Rows);
        Assert.Empty(change.Removed);
    }

    [Fact]
    public void A_full_window_lets_its_oldest_row_go_for_a_newer_one()
    {
        var rows = Rows(1, 2, 3);
        var view = Filled(AlertFilter.Open, 3, rows);
        var newer = Some.Row(Some.Alert(4));

        var change = view.Apply([new(null, newer)], [newer, .. rows]);

        Assert.Equal([newer], change.Rows);
        Assert.Equal([Some.Id(1)], change.Removed);
        Assert.Equal(4, view.Matching);
        Assert.True(view.IsCut);
    }

    [Fact]
    public void A_row_older_than_a_full_window_is_counted_and_not_shown()
    {
        var rows = Rows(5, 6, 7);
        var view = Filled(AlertFilter.Open, 3, rows);
        var older = Some.Row(Some.Alert(1));

        var change = view.Apply([new(null, older)], [.. rows, older]);

        Assert.Empty(change.Rows);
        Assert.Equal(4, view.Matching);
    }

    [Fact]
    public void When_a_row_leaves_a_cut_window_the_next_older_one_comes_up()
    {
        var rows = Rows(1, 2, 3, 4);
        var view = Filled(AlertFilter.Open, 3, rows);
        var resolved = Some.Row(Some.Alert(4, version: 2, state: AlertState.Resolved));

        var change = view.Apply([new(rows[0], resolved)], [resolved, .. rows[1..]]);

        Assert.Equal([Some.Id(1)], change.Rows.Select(row => row.Id));
        Assert.Equal([Some.Id(4)], change.Removed);
        Assert.False(view.IsCut);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void However_rows_change_the_window_is_what_a_fresh_look_shows(int seed)
    {
        var random = new Random(seed);
        var now = new Dictionary<int, BoardRow>();
        var view = new BoardView(Critical, 7);
        view.Fill([]);
        var browser = new SortedSet<BoardRow>(BoardRow.NewestFirst);

        for (var step = 0; step < 500; step++)
        {
            var changes = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(40)).Distinct().Select(number =>
            {
                var before = now.GetValueOrDefault(number);
                var alert = Some.Alert(number, step, (AlertState)random.Next(3), (Severity)random.Next(3, 5));
                var after = random.Next(10) == 0 ? null : Some.Row(alert);
                if (after is null) now.Remove(number);
                else now[number] = after;
                return new RowChange(before, after);
            }).ToList();
            var newestFirst = now.Values.Order(BoardRow.NewestFirst).ToList();

            var change = view.Apply(changes, newestFirst);
            browser.RemoveWhere(row => change.Removed.Contains(row.Id));
            foreach (var row in change.Rows)
            {
                browser.Remove(row);
                browser.Add(row);
            }

            var expected = newestFirst.Where(Critical.Matches).ToList();
            Assert.Equal(expected.Count, view.Matching);
            Assert.Equal(expected.Take(7), view.Window);
            Assert.Equal(expected.Take(7), browser);
        }
    }

    private static BoardView Filled(AlertFilter filter, int limit, params BoardRow[] rows)
    {
        var view = new BoardView(filter, limit);
        view.Fill(rows);
        return view;
    }

    private static BoardRow[] Rows(params int[] numbers) => [.. numbers.OrderDescending().Select(number => Some.Row(Some.Alert(number)))];
}
