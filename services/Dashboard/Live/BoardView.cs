namespace Monitoring.Dashboard.Live;

/// <summary>A row as it was when last published, and as it is now; <c>null</c> where it was not, or is no more, on the board.</summary>
internal readonly record struct RowChange(BoardRow? Before, BoardRow? After);

/// <summary>What changed in a view: rows to show, newest first, and ids to take away.</summary>
internal sealed record ViewChange(IReadOnlyList<BoardRow> Rows, IReadOnlyCollection<Guid> Removed);

/// <summary>
/// The newest rows that match a filter, as far as a page shows them, kept up to date by changes; only when rows leave is the board
/// searched again.
/// </summary>
internal sealed class BoardView(AlertFilter filter, int limit)
{
    private readonly SortedSet<BoardRow> window = new(BoardRow.NewestFirst);

    public AlertFilter Filter { get; } = filter;

    public HashSet<Watcher> Watchers { get; } = [];

    /// <summary>How many rows of the board match, shown or not.</summary>
    public int Matching { get; private set; }

    public IReadOnlyCollection<BoardRow> Window => window;

    public bool IsCut => Matching > window.Count;

    /// <summary>The snapshot for the board's present sequence number, made when first asked for.</summary>
    public Frame? Snapshot { get; set; }

    public void Fill(IEnumerable<BoardRow> newestFirst)
    {
        window.Clear();
        Matching = 0;
        foreach (var row in newestFirst)
        {
            if (!Filter.Matches(row)) continue;
            if (Matching++ < limit) window.Add(row);
        }
    }

    public ViewChange Apply(IReadOnlyList<RowChange> changes, IEnumerable<BoardRow> newestFirst)
    {
        var entered = new SortedSet<BoardRow>(BoardRow.NewestFirst);
        var left = new HashSet<Guid>();
        foreach (var (before, after) in changes)
        {
            if (before is not null && Filter.Matches(before))
            {
                Matching--;
                if (window.Remove(before)) left.Add(before.Id);
            }
            if (after is null || !Filter.Matches(after)) continue;
            var holdsAll = window.Count == Matching++;
            // Below the window's end rows are counted, not kept.
            if (holdsAll || (window.Max is { } oldest && BoardRow.NewestFirst.Compare(after, oldest) < 0)) Enter(after);
        }
        while (window.Count > limit)
        {
            var oldest = window.Max!;
            window.Remove(oldest);
            entered.Remove(oldest);
            left.Add(oldest.Id);
        }
        if (window.Count < Math.Min(limit, Matching))
        {
            foreach (var row in newestFirst.Where(Filter.Matches).Take(limit))
            {
                if (!window.Contains(row)) Enter(row);
            }
        }
        left.ExceptWith(entered.Select(row => row.Id));
        return new([.. entered], left);

        void Enter(BoardRow row)
        {
            window.Add(row);
            entered.Add(row);
        }
    }
}
