using System.IO.Pipelines;
using Monitoring.Contracts;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// A language that feeds speak. Reads items from a body as its bytes arrive, and maps each into a <see cref="Report"/>, or tells what is
/// wrong with it. Knows nothing of where the body comes from or where the items go.
/// </summary>
internal abstract class FeedFormat
{
    /// <summary>What <c>?format=</c> calls it, and what is stored with each revision.</summary>
    public abstract string Name { get; }

    /// <summary>The media types that stand for it, without parameters, lower case.</summary>
    public abstract IReadOnlyList<string> ContentTypes { get; }

    /// <summary>A body that is accepted whole.</summary>
    public abstract string Example { get; }

    /// <summary>
    /// Yields the items in their order, and holds no more than one of them. Whatever the content, it never throws: what can't be read is
    /// an item with problems, after which reading ends if the rest can't be told apart. What the body itself throws comes through. The
    /// <see cref="FeedItem.Raw"/> bytes of an item, read again by the same format, give the same report.
    /// </summary>
    public abstract IAsyncEnumerable<FeedItem> ReadAsync(PipeReader body, FormatLimits limits, CancellationToken cancellationToken = default);
}

/// <summary>Bounds of one item.</summary>
internal sealed record FormatLimits
{
    public static readonly FormatLimits Default = new();

    /// <summary>An item of more bytes is refused, and passed over without being held.</summary>
    public int ItemBytes { get; init; } = 1 << 20;

    /// <summary>Arrays and objects within each other.</summary>
    public int Depth { get; init; } = 32;
}

/// <summary>An item of a feed: a report, or what is wrong with it.</summary>
internal sealed record FeedItem
{
    /// <summary>Its place in the body, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Its own bytes; the first of them, where <see cref="IsTruncated"/>; none, where the fault lies between items.</summary>
    public required byte[] Raw { get; init; }

    public bool IsTruncated { get; init; }

    /// <summary><c>null</c> where there are problems.</summary>
    public Report? Report { get; init; }

    public IReadOnlyList<FormatProblem> Problems { get; init; } = [];

    /// <summary>The content is not what the format says from here on, so that nothing after it can be trusted.</summary>
    public bool IsBreak { get; init; }
}

/// <summary>What is wrong with an item.</summary>
/// <param name="Pointer">Where: a JSON pointer (RFC 6901) within the item, empty for the item as a whole; what stands for it in other formats.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Found">What was there instead, cut short.</param>
/// <param name="Position">The byte of the decompressed body, where that helps more than the field.</param>
internal sealed record FormatProblem(string Pointer, string Expected, string Found, long? Position = null)
{
    public override string ToString() => Position is null ? $"expected {Expected}, found {Found}" : $"expected {Expected}, found {Found} at byte {Position}";
}
