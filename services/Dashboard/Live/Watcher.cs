using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Monitoring.Dashboard.Live;

/// <summary>A server-sent event, written once for all who watch the same view.</summary>
internal sealed record Frame(byte[] Utf8);

/// <summary>Somebody who watches a view. Room for one frame: who has not taken it when the next comes gets a snapshot instead of both.</summary>
internal sealed class Watcher(LiveBoard board, BoardView view) : IDisposable
{
    private readonly Channel<Frame> slot = Channel.CreateBounded<Frame>(new BoundedChannelOptions(1) { SingleReader = true });

    internal BoardView View { get; } = view;

    /// <summary>Missed a frame; guarded by the board's lock, like all that follows.</summary>
    internal bool IsBehind { get; set; }

    internal void Offer(Frame frame) => IsBehind |= !slot.Writer.TryWrite(frame);

    /// <summary>A sign of life: no loss where there is something to read anyway.</summary>
    internal void OfferBeat(Frame frame) => slot.Writer.TryWrite(frame);

    internal Frame? Take() => slot.Reader.TryRead(out var frame) ? frame : null;

    public async IAsyncEnumerable<Frame> FramesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await slot.Reader.WaitToReadAsync(cancellationToken))
        {
            if (board.Next(this) is { } frame) yield return frame;
        }
    }

    public void Dispose() => board.Leave(this);
}
