using System.ComponentModel.DataAnnotations;

namespace Monitoring.Dashboard.Live;

/// <summary>Settings of the live list, under <c>Live</c>.</summary>
internal sealed class LiveOptions
{
    /// <summary>Rows that a page shows at most.</summary>
    [Range(10, 1_000)]
    public int Rows { get; init; } = 200;

    /// <summary>Resolved alerts kept at hand; older ones are asked for when somebody pages to them.</summary>
    [Range(0, 50_000)]
    public int ResolvedRows { get; init; } = 2_000;

    /// <summary>The least time between two frames.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05")]
    public TimeSpan FrameInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often the board reads what changed, in case it was not told.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CatchUpInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A silent stream says this often that it lives.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan BeatInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After this long a stream ends, and the browser comes back by itself: so a closed account stops seeing.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan StreamLifetime { get; init; } = TimeSpan.FromMinutes(10);
}
