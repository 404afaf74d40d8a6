using System.Collections.Frozen;
using System.IO.Pipelines;
using Monitoring.Ingestion.Formats.CloudEvents;
using Monitoring.Ingestion.Formats.Stix;

namespace Monitoring.Ingestion.Formats;

/// <summary>The formats that feeds may speak.</summary>
internal static class FeedFormats
{
    /// <summary>Where the content does not tell which of several formats of one content type it is, the first of them reads it.</summary>
    public static IReadOnlyList<FeedFormat> All { get; } =
    [
        new NativeFormat(lines: false),
        new NativeFormat(lines: true),
        new CloudEventsFormat(),
        new StixFormat(),
        new MispFormat(),
        new KevFormat(),
        new NvdFormat(),
        new CsafFormat(),
        new IntelMqFormat(),
        new JsonFeedFormat(),
        new GeoJsonFormat(),
        new UsgsFormat(),
        new NwsFormat(),
        new ReliefWebFormat(),
        new AlertmanagerFormat(),
        new CsvFormat(),
        new GdeltFormat(),
        new AcledFormat(),
        new RssFormat(),
        new AtomFormat(),
        new CapFormat(),
    ];

    private static readonly FrozenDictionary<string, FeedFormat> Names = All.ToFrozenDictionary(format => format.Name);

    private static readonly FrozenDictionary<string, FeedFormat[]> Types = All
        .SelectMany(format => format.ContentTypes, (format, type) => (format, type))
        .GroupBy(pair => pair.type, pair => pair.format)
        .ToFrozenDictionary(same => same.Key, same => same.ToArray(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Content types that say nothing of the content.</summary>
    private static readonly FrozenSet<string> Silent =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded", "binary/octet-stream");

    public static FeedFormat? Named(string name) => Names.GetValueOrDefault(name);

    /// <summary>
    /// Tells a body's format: by the name the sender gives, else by the feed's own, else by the content type, and where that leaves several
    /// or is silent, by a look at the content.
    /// </summary>
    /// <param name="body">Nothing of it is consumed.</param>
    /// <param name="name">What the sender calls the format, or <c>null</c>.</param>
    /// <param name="feedFormat">What the feed is known to speak, or <c>null</c>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns><c>null</c> where it is none of ours.</returns>
    public static async ValueTask<FeedFormat?> ChooseAsync(FeedBody body, string? name, string? feedFormat, CancellationToken cancellationToken)
    {
        if ((name ?? feedFormat) is { } known) return Named(known) is { } format && Reads(format, body.Charset) ? format : null;
        var type = (body.ContentType ?? "").Split(';', 2)[0].Trim();
        // So the HTTP binding of CloudEvents has it, section 3: what comes with an event's attributes and is no event itself is its data.
        if (body.EventAttributes.Count > 0 && !CloudEventsFormat.IsEvent(type)) return Named("cloudevents");
        var candidates = Types.GetValueOrDefault(type) ?? (Silent.Contains(type) ? [.. All] : []);
        if (candidates.Length == 0) return null;
        var fits = candidates.Length == 1 ? null : await LookAsync(body.Reader, candidates, cancellationToken);
        fits ??= Silent.Contains(type) ? null : candidates[0];
        return fits is not null && Reads(fits, body.Charset) ? fits : null;
    }

    private static bool Reads(FeedFormat format, string? charset) =>
        charset is null || format.ReadsAnyCharset
        || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);

    private static async ValueTask<FeedFormat?> LookAsync(PipeReader reader, FeedFormat[] candidates, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAtLeastAsync(BodySample.Bytes, cancellationToken);
        var start = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, BodySample.Bytes));
        var sample = start.IsSingleSegment ? BodySample.Of(start.FirstSpan) : BodySample.Of(System.Buffers.BuffersExtensions.ToArray(start));
        reader.AdvanceTo(read.Buffer.Start);
        return Array.Find(candidates, format => format.Recognises(sample));
    }
}
