using Monitoring.Dashboard.Accounts;
using Monitoring.Dashboard.Live;

namespace Monitoring.Dashboard.Pages;

/// <summary>What the watch page shows.</summary>
public sealed record WatchModel
{
    public required Visitor Visitor { get; init; }
    public required AlertFilter Filter { get; init; }
    public IReadOnlyList<BoardRow> Rows { get; init; } = [];
    /// <summary>How many match, where the board knows it.</summary>
    public int? Matching { get; init; }
    public Counters? Counters { get; init; }
    /// <summary>The feeds that should have been heard, as <see cref="QuietHtml"/> writes them.</summary>
    public string Quiet { get; init; } = "";
    /// <summary>The cursor of the older alerts.</summary>
    public string? More { get; init; }
    /// <summary>An older page: it does not follow what happens.</summary>
    public bool IsOlder { get; init; }
    public bool IsStale { get; init; }
    /// <summary>Why the list could not be read; then no rows mean nothing.</summary>
    public string? Problem { get; init; }
}
