using System.Buffers;
using System.Collections.ObjectModel;
using System.IO.Pipelines;

namespace Monitoring.Ingestion.Formats;

/// <summary>What a format is to read, with what was said about it outside of it.</summary>
/// <param name="Reader">The bytes, decompressed.</param>
internal sealed record FeedBody(PipeReader Reader)
{
    /// <summary>The <c>Content-Type</c> with its parameters, or <c>null</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Attributes of a CloudEvent in binary mode: the headers after <c>ce-</c>, lower case, as they were sent.</summary>
    public IReadOnlyDictionary<string, string> EventAttributes { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Which column of the feed's tables is which field of a report.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Bytes that are at hand.</summary>
    public static FeedBody Of(ReadOnlyMemory<byte> bytes, IReadOnlyDictionary<string, string>? columns = null) =>
        new(PipeReader.Create(new ReadOnlySequence<byte>(bytes))) { Columns = columns ?? ReadOnlyDictionary<string, string>.Empty };

    /// <summary>The <c>charset</c> of the content type, or <c>null</c>.</summary>
    public string? Charset => ContentType?
        .Split(';', StringSplitOptions.TrimEntries).Skip(1)
        .FirstOrDefault(part => part.StartsWith("charset=", StringComparison.OrdinalIgnoreCase))?["charset=".Length..].Trim('"', '\'');
}
