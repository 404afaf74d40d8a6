using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Monitoring.Ingestion.Formats;

/// <summary>A body that was read to its end, or to where it broke off.</summary>
internal sealed class FeedDocument : IDisposable
{
    private const int FirstBytes = 64 << 10;

    private readonly MemoryBudget memory;
    private readonly int weight;
    private byte[] buffer;
    private int length;

    private FeedDocument(FeedBody body, MemoryBudget memory, int weight)
    {
        (Body, this.memory, this.weight) = (body, memory, weight);
        memory.Take(weight * FirstBytes, inAll: weight * FirstBytes);
        buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    }

    public FeedBody Body { get; }

    /// <summary>Valid until the document is disposed of: what is kept of it is to be copied.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Why the body broke off, if it did.</summary>
    public ExceptionDispatchInfo? Fault { get; private set; }

    /// <param name="body">The body.</param>
    /// <param name="limits">What may be held.</param>
    /// <param name="weight">What a byte of the body takes while it is read, in bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<FeedDocument> ReadAsync(FeedBody body, FormatLimits limits, int weight, CancellationToken cancellationToken)
    {
        var document = new FeedDocument(body, limits.Memory, weight);
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
        catch (Exception fault) when (fault is BusyException or TooLargeException)
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

    /// <summary>An item that says why nothing after this place can be read; what is there is kept, as far as an item may be long.</summary>
    /// <param name="index">Its place among the items.</param>
    /// <param name="start">From where on.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="limits">Bounds of an item.</param>
    public FeedItem Break(int index, int start, FormatProblem problem, FormatLimits limits)
    {
        var rest = Bytes[start..];
        var kept = rest[..Math.Min(rest.Length, limits.ItemBytes)];
        return new FeedItem { Index = index, Raw = kept.ToArray(), IsTruncated = kept.Length < rest.Length, Problems = [problem], IsBreak = true };
    }

    public void Dispose()
    {
        memory.GiveBack((long)weight * buffer.Length);
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
    }

    private void Add(in ReadOnlySequence<byte> bytes)
    {
        var needed = checked(length + (int)bytes.Length);
        if (needed > buffer.Length)
        {
            // The sizes that the pool has.
            var size = (int)BitOperations.RoundUpToPowerOf2((uint)needed);
            memory.Take((long)weight * (size - buffer.Length), inAll: (long)weight * size);
            var larger = ArrayPool<byte>.Shared.Rent(size);
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
    /// <summary>What a byte of a body takes while it is read, in bytes: itself and what is made of it.</summary>
    protected virtual int Weight => 2;

    public sealed override async IAsyncEnumerable<FeedItem> ReadAsync(
        FeedBody body, FormatLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var document = await FeedDocument.ReadAsync(body, limits, Weight, cancellationToken);
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
