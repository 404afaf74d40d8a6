using System.Buffers;
using System.IO.Pipelines;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>An item cut out of a body, not yet read.</summary>
/// <param name="Index">Its place among the items.</param>
/// <param name="Bytes">Its bytes; the first of them, where it is longer than it may be.</param>
/// <param name="Position">Where it starts in the body.</param>
/// <param name="IsTruncated">Whether it is longer than it may be.</param>
internal readonly record struct JsonFrame(int Index, byte[] Bytes, long Position, bool IsTruncated);

/// <summary>A body being read, of which no more than the item at hand is held.</summary>
internal sealed class JsonBody(PipeReader reader) : IDisposable
{
    private ReadOnlySequence<byte> buffer;
    private bool reading;
    private bool completed;
    private int cuts;

    /// <summary>Bytes that were consumed.</summary>
    public long Position { get; private set; }

    /// <summary>How many items were cut, which is the index of the next.</summary>
    public int Cuts => cuts;

    /// <summary>Passes over a UTF-8 byte-order mark.</summary>
    public async ValueTask SkipMarkAsync(CancellationToken cancellationToken)
    {
        while (buffer.Length < 3 && await FillAsync(cancellationToken)) { }
        if (new SequenceReader<byte>(buffer).IsNext([0xEF, 0xBB, 0xBF])) Skip(3);
    }

    /// <summary>Passes over white space, and looks at the byte that follows it; -1 at the end.</summary>
    public async ValueTask<int> PeekAsync(CancellationToken cancellationToken)
    {
        do
        {
            if (SkipWhiteSpace() is >= 0 and var next) return next;
        }
        while (await FillAsync(cancellationToken));
        return -1;
    }

    public void Skip(long bytes)
    {
        buffer = buffer.Slice(bytes);
        Position += bytes;
    }

    /// <summary>Whether the value that follows ends on the line it starts on. Looks no further than <paramref name="bytes"/>.</summary>
    public async ValueTask<bool> IsOneLineAsync(int bytes, CancellationToken cancellationToken)
    {
        var cutter = new JsonCutter(lines: false);
        while (true)
        {
            var end = cutter.Find(buffer);
            if (end >= 0) return buffer.Slice(0, end).PositionOf((byte)'\n') is null;
            if (buffer.Length > bytes || !await FillAsync(cancellationToken)) return false;
        }
    }

    /// <summary>Cuts the next item; it ends with the body at the latest.</summary>
    public async ValueTask<JsonFrame> CutAsync(JsonCutter cutter, int bytes, CancellationToken cancellationToken)
    {
        var start = Position;
        byte[]? head = null;
        cutter.Start();
        while (true)
        {
            var end = cutter.Find(buffer);
            if (end < 0 && (head is not null || buffer.Length > bytes))
            {
                head ??= buffer.Slice(0, bytes).ToArray();
                Skip(buffer.Length);
                cutter.Discarded();
            }
            if (end < 0 && await FillAsync(cancellationToken)) continue;
            if (end < 0) end = buffer.Length;
            var isTruncated = head is not null || end > bytes;
            head ??= buffer.Slice(0, Math.Min(end, bytes)).ToArray();
            Skip(end);
            return new JsonFrame(cuts++, head, start, isTruncated);
        }
    }

    /// <summary>Gives the reader back, at the place that was read to.</summary>
    public void Dispose()
    {
        if (reading) reader.AdvanceTo(buffer.Start);
        reading = false;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (completed) return false;
        if (reading) reader.AdvanceTo(buffer.Start, buffer.End);
        reading = false;
        var read = await reader.ReadAsync(cancellationToken);
        (buffer, completed, reading) = (read.Buffer, read.IsCompleted, true);
        return true;
    }

    private int SkipWhiteSpace()
    {
        var sequence = new SequenceReader<byte>(buffer);
        sequence.AdvancePastAny((byte)' ', (byte)'\t', (byte)'\r', (byte)'\n');
        Skip(sequence.Consumed);
        return sequence.TryPeek(out var next) ? next : -1;
    }
}
