using System.Threading.Channels;
using Monitoring.Contracts;

namespace Monitoring.Dashboard.Live;

/// <summary>What a view shows at a moment.</summary>
internal sealed record BoardSnapshot(IReadOnlyList<BoardRow> Rows, Counters Counters, int Matching, BoardRow? Rest, bool IsStale);

/// <summary>
/// The open and the recently resolved alerts, in memory, and who watches them. Changes are gathered and published as one frame for each
/// distinct view. The database is the truth: the board may be lost, and is then read anew.
/// </summary>
internal sealed class LiveBoard(LiveOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, BoardRow> rows = [];
    private readonly SortedSet<BoardRow> newestFirst = new(BoardRow.NewestFirst);
    private readonly SortedSet<BoardRow> resolved = new(BoardRow.NewestFirst);
    private readonly Dictionary<Guid, BoardRow?> pending = [];
    private readonly Dictionary<AlertFilter, BoardView> views = [];
    private readonly BoardRow.Shared shared = new();
    private readonly Counters counters = new();
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long sequence;
    private bool isStale = true;
    private string quiet = QuietHtml.Of(null);
    private bool isQuietNew;
    /// <summary>All resolved alerts newer than this one are here; older ones are Alerting's to list. <c>null</c> while none was left out.</summary>
    private BoardRow? horizon;

    /// <summary>Names this board's life: another one numbers its frames from the start.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N")[..12];

    /// <summary>Whether the open alerts were read; until then nothing is shown as if it were all.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Completes when something waits to be published.</summary>
    public ValueTask<bool> WaitForChangeAsync(CancellationToken cancellationToken) => changed.Reader.ReadAsync(cancellationToken);

    /// <summary>Takes alerts in any order and as often as they come; of two versions the higher one stays.</summary>
    public void Apply(IReadOnlyList<Alert> alerts)
    {
        lock (gate)
        {
            foreach (var alert in alerts) Apply(alert);
            while (resolved.Count > options.ResolvedRows)
            {
                horizon = resolved.Max!;
                Remove(horizon);
            }
            if (pending.Count > 0) changed.Writer.TryWrite(true);
        }
    }

    /// <summary>The open alerts are read, and the resolved ones down to <paramref name="oldestResolved"/> where there are more.</summary>
    public void Open(Alert? oldestResolved)
    {
        lock (gate)
        {
            if (oldestResolved is not null) horizon ??= BoardRow.Of(oldestResolved, shared);
            IsOpen = true;
            pending.Clear();
            sequence++;
            foreach (var view in views.Values) view.Fill(newestFirst);
            foreach (var watcher in views.Values.SelectMany(view => view.Watchers))
            {
                watcher.IsBehind = true;
                watcher.Offer(BoardFrames.Beat);
            }
        }
    }

    /// <summary>Whether Alerting could not be asked lately: what is shown may have changed meanwhile.</summary>
    public void SetStale(bool stale)
    {
        lock (gate)
        {
            if (isStale == stale) return;
            isStale = stale;
            changed.Writer.TryWrite(true);
        }
    }

    public void SetFailures(int count)
    {
        lock (gate)
        {
            if (counters.Failures == count) return;
            counters.Failures = count;
            changed.Writer.TryWrite(true);
        }
    }

    /// <summary>The list of the feeds that should have been heard, as <see cref="QuietHtml"/> writes it.</summary>
    public string Quiet
    {
        get
        {
            lock (gate) return quiet;
        }
    }

    public void SetQuiet(string html)
    {
        lock (gate)
        {
            if (quiet == html) return;
            (quiet, isQuietNew) = (html, true);
            changed.Writer.TryWrite(true);
        }
    }

    /// <summary>Hands one frame with all that changed since the last to every watcher.</summary>
    public void Publish()
    {
        lock (gate)
        {
            if (!IsOpen) return;
            sequence++;
            var changes = pending.Select(entry => new RowChange(entry.Value, rows.GetValueOrDefault(entry.Key))).ToList();
            pending.Clear();
            foreach (var view in views.Values)
            {
                var change = view.Apply(changes, newestFirst);
                view.Snapshot = null;
                var frame = BoardFrames.Changes(Moment(view, isQuietNew ? quiet : null), change);
                foreach (var watcher in view.Watchers) watcher.Offer(frame);
            }
            isQuietNew = false;
        }
    }

    /// <summary>Tells every watcher that the stream lives.</summary>
    public void Beat()
    {
        lock (gate)
        {
            foreach (var watcher in views.Values.SelectMany(view => view.Watchers)) watcher.OfferBeat(BoardFrames.Beat);
        }
    }

    /// <summary>Begins to watch, with a snapshot unless <paramref name="lastEventId"/> says that nothing was missed.</summary>
    public Watcher Watch(AlertFilter filter, string? lastEventId)
    {
        lock (gate)
        {
            if (!views.TryGetValue(filter, out var view))
            {
                // A new view begins at a published state, or changes on their way would count twice.
                if (pending.Count > 0) Publish();
                views[filter] = view = new BoardView(filter, options.Rows);
                view.Fill(newestFirst);
            }
            var watcher = new Watcher(this, view);
            view.Watchers.Add(watcher);
            if (IsOpen && lastEventId != BoardFrames.EventId(Id, sequence)) watcher.Offer(SnapshotOf(view));
            return watcher;
        }
    }

    /// <summary>What the filter shows now; <c>null</c> until the alerts were read.</summary>
    public BoardSnapshot? Look(AlertFilter filter)
    {
        lock (gate)
        {
            if (!IsOpen) return null;
            var view = new BoardView(filter, options.Rows);
            view.Fill(newestFirst);
            return new([.. view.Window], counters.Copy(), view.Matching, RestOf(view), isStale);
        }
    }

    internal Frame? Next(Watcher watcher)
    {
        lock (gate)
        {
            var frame = watcher.Take();
            if (!watcher.IsBehind) return frame;
            watcher.IsBehind = false;
            return SnapshotOf(watcher.View);
        }
    }

    internal void Leave(Watcher watcher)
    {
        lock (gate)
        {
            watcher.View.Watchers.Remove(watcher);
            if (watcher.View.Watchers.Count == 0) views.Remove(watcher.View.Filter);
        }
    }

    private void Apply(Alert alert)
    {
        var before = rows.GetValueOrDefault(alert.Id);
        if (before is not null && before.Version >= alert.Version) return;
        if (before is not null) Remove(before);
        var row = BoardRow.Of(alert, shared);
        if (!row.IsOpen && horizon is not null && BoardRow.NewestFirst.Compare(row, horizon) >= 0) return;
        pending.TryAdd(row.Id, before);
        rows[row.Id] = row;
        newestFirst.Add(row);
        if (!row.IsOpen) resolved.Add(row);
        counters.Add(row);
    }

    private void Remove(BoardRow row)
    {
        pending.TryAdd(row.Id, row);
        rows.Remove(row.Id);
        newestFirst.Remove(row);
        resolved.Remove(row);
        counters.Remove(row);
    }

    private Frame SnapshotOf(BoardView view) => view.Snapshot ??= BoardFrames.Snapshot(Moment(view, quiet), view.Window);

    private BoardMoment Moment(BoardView view, string? newQuiet) => new(Id, sequence, counters, view.Matching, RestOf(view), isStale, newQuiet);

    /// <summary>After which row the list goes on elsewhere; <c>null</c> where the view shows all there is.</summary>
    private BoardRow? RestOf(BoardView view)
    {
        if (view.IsCut) return view.Window.LastOrDefault();
        return view.Filter.States.Contains(AlertState.Resolved) ? horizon : null;
    }
}
