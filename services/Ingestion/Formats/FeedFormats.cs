using System.Collections.Frozen;

namespace Monitoring.Ingestion.Formats;

/// <summary>The formats that feeds may speak.</summary>
internal static class FeedFormats
{
    public static IReadOnlyList<FeedFormat> All { get; } =
    [
        new NativeFormat(lines: false),
        new NativeFormat(lines: true),
    ];

    private static readonly FrozenDictionary<string, FeedFormat> Names = All.ToFrozenDictionary(format => format.Name);

    private static readonly FrozenDictionary<string, FeedFormat> Types =
        All.SelectMany(format => format.ContentTypes, KeyValuePair<string, FeedFormat> (format, type) => new(type, format)).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static FeedFormat? Named(string name) => Names.GetValueOrDefault(name);

    /// <param name="contentType">A <c>Content-Type</c> header; a character set other than UTF-8 is none of ours.</param>
    public static FeedFormat? OfContentType(string? contentType)
    {
        if (contentType is null) return null;
        if (Types.TryGetValue(contentType, out var exact)) return exact;
        var parts = contentType.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var charset = parts.Skip(1).FirstOrDefault(part => part.StartsWith("charset=", StringComparison.OrdinalIgnoreCase))?["charset=".Length..].Trim('"');
        if (charset is not null && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)) return null;
        return parts.Length > 0 ? Types.GetValueOrDefault(parts[0]) : null;
    }
}
