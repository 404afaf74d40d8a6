using System.Text.Json.Serialization;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// A language that feeds speak. Reads items from a body as its bytes arrive, and maps each into a <see cref="Report"/>, or tells what is
/// wrong with it. Knows nothing of where the body comes from or where the items go.
/// </summary>
internal abstract class FeedFormat
{
    /// <summary>What <c>?format=</c> calls it, and what is stored with each revision.</summary>
    public abstract string Name { get; }

    /// <summary>The media types that it comes under, without parameters, lower case; formats may share them.</summary>
    public abstract IReadOnlyList<string> ContentTypes { get; }

    /// <summary>A body that is accepted whole.</summary>
    public abstract string Example { get; }

    /// <summary>Whether it reads other character sets than UTF-8, as the <c>charset</c> of the content type says.</summary>
    public virtual bool ReadsAnyCharset => false;

    /// <summary>Whether the start of a body is, without much doubt, of this format.</summary>
    public virtual bool Recognises(BodySample sample) => false;

    /// <summary>
    /// Yields the items in their order. Whatever the content, it never throws: what can't be read is
    /// an item with problems, after which reading ends if the rest can't be told apart. What the body itself throws comes through. The
    /// <see cref="FeedItem.Raw"/> bytes of an item, read again by the same format, give the same report.
    /// </summary>
    public abstract IAsyncEnumerable<FeedItem> ReadAsync(FeedBody body, FormatLimits limits, CancellationToken cancellationToken = default);
}

/// <summary>Bounds of one item.</summary>
internal sealed record FormatLimits
{
    public static readonly FormatLimits Default = new();

    /// <summary>For what was accepted already, under whatever bounds held then.</summary>
    public static readonly FormatLimits OfAccepted = new() { ItemBytes = int.MaxValue };

    /// <summary>An item of more bytes is refused, and passed over without being held.</summary>
    public int ItemBytes { get; init; } = 1 << 20;

    /// <summary>Arrays and objects, or elements, within each other.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>Items of a body: further ones need not be told apart.</summary>
    public int Items { get; init; } = 50_000;

    /// <summary>Bytes of what surrounds items and is kept with each of them.</summary>
    [JsonIgnore]
    public int ContextBytes { get; init; } = 16 << 10;

    /// <summary>The names that stay in memory for good.</summary>
    [JsonIgnore]
    public XmlNameTable XmlNames { get; init; } = XmlNameTable.Shared;

    /// <summary>What all bodies together may hold that have to be read to their end before their items can be told apart.</summary>
    [JsonIgnore]
    public MemoryBudget Memory { get; init; } = MemoryBudget.Unlimited;
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
/// <param name="Line">The line of the body, from 1, where it is text by lines.</param>
internal sealed record FormatProblem(string Pointer, string Expected, string Found, long? Position = null, int? Line = null)
{
    private const char ControlPictures = '\u2400';

    /// <remarks>A message has to be stored and read whatever the item is made of: control characters show as their pictures (␀ for U+0000).</remarks>
    public string Found { get; } = Visible(Found);

    public override string ToString() =>
        $"expected {Expected}, found {Found}{(Position is { } octet ? $" at byte {octet}" : "")}{(Line is { } line ? $" in line {line}" : "")}";

    private static string Visible(string found) =>
        found.Any(char.IsControl) ? string.Concat(found.Select(letter => letter < ' ' ? (char)(ControlPictures + letter) : letter)) : found;
}
