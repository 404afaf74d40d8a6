using System.Text.Json;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats.CloudEvents;

/// <summary>
/// What an event carries (JSON event format, section 3.1): JSON, text, or other bytes. Without a content type it is JSON. In version 0.3
/// Base64 is told by <c>datacontentencoding</c>.
/// </summary>
internal sealed class EventData : IDisposable
{
    private JsonDocument? document;
    private string? text;

    /// <summary>Undefined where the data is no JSON.</summary>
    public JsonElement Json { get; private init; }

    /// <summary>As a reader would see it; <c>null</c> where there is nothing to read.</summary>
    public string? Text => text ?? (Json.Kept() is { } json and not ("{}" or "[]") ? json : null);

    /// <summary>Bytes that are neither JSON nor text.</summary>
    public string? Base64 { get; private init; }

    /// <summary>Whether it is a report in the system's own JSON.</summary>
    public bool IsReport => Json.Member("title").ValueKind == JsonValueKind.String || Json.Member("text").ValueKind == JsonValueKind.String;

    public static EventData Of(JsonElement item, ReportBuilder report, FormatLimits limits)
    {
        var (data, contentType) = (item.Member("data"), item.Text("datacontenttype"));
        var isEncodedInPlace = "base64".Equals(item.Text("datacontentencoding"), StringComparison.OrdinalIgnoreCase);
        if (item.Member("data_base64").IsPresent() && data.IsPresent()) report.Problem("/data_base64", "data or data_base64", "both of them");
        if ((isEncodedInPlace ? data.Text() : item.Text("data_base64")) is { } encoded)
            return Decoded(encoded, isEncodedInPlace ? "/data" : "/data_base64", contentType, report, limits);
        if (data.ValueKind == JsonValueKind.String && !IsJson(contentType)) return new EventData { text = Readable(data.GetString(), contentType) };
        return new EventData { Json = data };
    }

    /// <summary>Whether a media type, with or without parameters, is that of JSON.</summary>
    public static bool IsJson(string? contentType) =>
        Bare(contentType) is "" or "text/json" || Bare(contentType) is var type && (type.EndsWith("/json", StringComparison.Ordinal) || type.EndsWith("+json", StringComparison.Ordinal));

    public static bool IsText(string? contentType) =>
        Bare(contentType) is var type && (type.StartsWith("text/", StringComparison.Ordinal) || type is "application/xml" || type.EndsWith("+xml", StringComparison.Ordinal));

    public void Dispose() => document?.Dispose();

    private static EventData Decoded(string encoded, string pointer, string? contentType, ReportBuilder report, FormatLimits limits)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            report.Problem(pointer, "Base64 (RFC 4648)", encoded);
            return new EventData();
        }
        var content = bytes.AsMemory(0, length);
        if (IsJson(contentType) && Parsed(content, limits) is { } json) return new EventData { document = json, Json = json.RootElement };
        if (IsText(contentType) && IsUnicode(content.Span)) return new EventData { text = Readable(System.Text.Encoding.UTF8.GetString(content.Span), contentType) };
        return new EventData { Base64 = encoded };
    }

    /// <summary><c>null</c> where the bytes are not JSON, or deeper than it may be, or its strings no Unicode text.</summary>
    public static JsonDocument? Parsed(ReadOnlyMemory<byte> content, FormatLimits limits)
    {
        try
        {
            var json = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = limits.Depth });
            if (JsonText.FaultOf(content.Span, isEscaped: true) is null) return json;
            json.Dispose();
        }
        catch (JsonException)
        {
            return null;
        }
        return null;
    }

    /// <summary>Whether bytes are UTF-8 without U+0000.</summary>
    public static bool IsUnicode(ReadOnlySpan<byte> content) => System.Text.Unicode.Utf8.IsValid(content) && !content.Contains((byte)0);

    private static string? Readable(string? text, string? contentType) => Bare(contentType) == "text/html" ? HtmlText.Of(text) : text;

    private static string Bare(string? contentType) => (contentType ?? "").Split(';', 2)[0].Trim().ToLowerInvariant();
}
