using System.Text;
using System.Text.Json;
using Monitoring.Dashboard.Live;

namespace Monitoring.Dashboard.Tests.Live;

/// <summary>A frame as a browser reads it.</summary>
internal sealed record Event(string? Id, string Name, JsonElement Data)
{
    public IReadOnlyList<Guid> Rows => [.. Data.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("id").GetGuid())];

    public IReadOnlyList<int> Versions => [.. Data.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("version").GetInt32())];

    public IReadOnlyList<Guid> Removed => [.. Data.GetProperty("removed").EnumerateArray().Select(id => id.GetGuid())];

    public int Matching => Data.GetProperty("matching").GetInt32();

    public int Count(string group, string name) => Data.GetProperty("counters").GetProperty(group).GetProperty(name).GetInt32();

    public static Event Read(Frame frame)
    {
        var fields = Encoding.UTF8.GetString(frame.Utf8).TrimEnd('\n').Split('\n')
            .Where(line => !line.StartsWith(':')).Select(line => line.Split(": ", 2)).ToDictionary(line => line[0], line => line[1]);
        return new(fields.GetValueOrDefault("id"), fields["event"], JsonDocument.Parse(fields["data"]).RootElement);
    }
}

/// <summary>Somebody at a browser.</summary>
internal sealed class Reader(Watcher watcher) : IAsyncDisposable
{
    private readonly CancellationTokenSource deadline = new(TimeSpan.FromSeconds(10));
    private IAsyncEnumerator<Frame>? frames;

    public static Reader Of(LiveBoard board, AlertFilter? filter = null, string? lastEventId = null) => new(board.Watch(filter ?? AlertFilter.Open, lastEventId));

    public async Task<Event> NextAsync()
    {
        frames ??= watcher.FramesAsync(deadline.Token).GetAsyncEnumerator();
        Assert.True(await frames.MoveNextAsync());
        return Event.Read(frames.Current);
    }

    public async ValueTask DisposeAsync()
    {
        if (frames is not null) await frames.DisposeAsync();
        watcher.Dispose();
        deadline.Dispose();
    }
}
