using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Monitoring.Ingestion.Formats;

/// <summary>A body that was read to its end, or to where it broke off.</summary>
internal sealed class FeedDocument : IDisposable
{
    private const int FirstBytes = 64 << 10;

    private readonly MemoryBudget memory;
    private byte[] buffer;
    private int length;

    private FeedDocument(FeedBody body, MemoryBudget memory)
    {
        (Body, this.memory) = (body, memory);
        memory.Take(FirstBytes);
        buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    }

    public FeedBody Body { get; }

    /// <summary>Valid until the document is disposed of: what is kept of it is to be copied.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Why the body broke off, if it did.</summary>
    public ExceptionDispatchInfo? Fault { get; private set; }

    public static async ValueTask<FeedDocument> ReadAsync(FeedBody body, FormatLimits limits, CancellationToken cancellationToken)
    {
        var document = new FeedDocument(body, limits.Memory);
        try
        {
            while (true)
            {
                var read = await body.Reader.ReadAsync(cancellationToken);
                document.Add(read.Buffer);
                body.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return document;
            }
        }
        catch (BusyException)
        {
            document.Dispose();
            throw;
        }
        // What came before stands; who reads on past it meets the fault.
        catch (Exception fault)
        {
            document.Fault = ExceptionDispatchInfo.Capture(fault);
            return document;
        }
    }

    public void Dispose()
    {
        memory.GiveBack(Math.Max(FirstBytes, buffer.Length));
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
    }

    private void Add(in ReadOnlySequence<byte> bytes)
    {
        var needed = checked(length + (int)bytes.Length);
        if (needed > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, buffer.Length * 2));
            memory.Take(larger.Length - buffer.Length);
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        bytes.CopyTo(buffer.AsSpan(length));
        length = needed;
    }
}

/// <summary>A format whose items can't be told apart before the whole body is there. What came of a body that breaks off is read all the same.</summary>
internal abstract class DocumentFormat : FeedFormat
{
    public sealed override async IAsyncEnumerable<FeedItem> ReadAsync(
        FeedBody body, FormatLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var document = await FeedDocument.ReadAsync(body, limits, cancellationToken);
        foreach (var item in Read(document, limits))
        {
            if (document.Fault is not null && item.IsBreak) break;
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
        document.Fault?.Throw();
    }

    /// <summary>The items, as <see cref="FeedFormat.ReadAsync"/> has them.</summary>
    protected abstract IEnumerable<FeedItem> Read(FeedDocument document, FormatLimits limits);
}
