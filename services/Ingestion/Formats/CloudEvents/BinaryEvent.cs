using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats.CloudEvents;

/// <summary>An event in binary mode (HTTP protocol binding, section 3.1), which is turned into the same event in structured mode.</summary>
internal static class BinaryEvent
{
    public static FeedItem Read(FeedDocument document, FormatLimits limits)
    {
        if (document.Bytes.Length > limits.ItemBytes)
            return Refused(document.Bytes[..limits.ItemBytes], new FormatProblem("", $"data of at most {limits.ItemBytes} bytes", $"{document.Bytes.Length} bytes")) with { IsTruncated = true };
        var structured = new ArrayBufferWriter<byte>(document.Bytes.Length + 1024);
        if (Write(document, structured, limits) is { } problem) return Refused(document.Bytes, problem);
        var raw = structured.WrittenSpan.ToArray();
        using var json = JsonDocument.Parse(raw, CloudEvent.Options(limits));
        var report = new ReportBuilder();
        CloudEvent.Map(json.RootElement, report, limits);
        return report.Build(0, raw);
    }

    /// <summary>
    /// The text of a header (section 3.1.3.2): without the quotes and backslashes of older versions, then percent-decoded, once;
    /// <c>null</c> where that does not give UTF-8.
    /// </summary>
    public static string? Decode(string value)
    {
        var source = Encoding.UTF8.GetBytes(Unquote(value));
        var (bytes, length) = (new byte[source.Length], 0);
        for (var at = 0; at < source.Length; at++)
        {
            if (source[at] != '%')
            {
                bytes[length++] = source[at];
                continue;
            }
            if (Convert.FromHexString(source.AsSpan(at + 1, Math.Min(2, source.Length - at - 1)), bytes.AsSpan(length), out _, out var written) != OperationStatus.Done || written != 1) return null;
            (length, at) = (length + 1, at + 2);
        }
        return Utf8.IsValid(bytes.AsSpan(0, length)) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static string Unquote(string value)
    {
        if (!value.Contains('"')) return value;
        var text = new StringBuilder(value.Length);
        var isQuoted = false;
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] == '"') isQuoted = !isQuoted;
            else text.Append(isQuoted && value[at] == '\\' && at + 1 < value.Length ? value[++at] : value[at]);
        }
        return text.ToString();
    }

    private static FormatProblem? Write(FeedDocument document, ArrayBufferWriter<byte> structured, FormatLimits limits)
    {
        using var json = new Utf8JsonWriter(structured);
        json.WriteStartObject();
        foreach (var (name, value) in document.Body.EventAttributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            if (name == "datacontenttype") return new FormatProblem("ce-datacontenttype", "the Content-Type alone to say the data's", "this header too");
            if (name is "data" or "data_base64") return new FormatProblem($"ce-{name}", "the data in the body", "this header");
            if (Decode(value) is not { } text) return new FormatProblem($"ce-{name}", "UTF-8, percent-encoded", JsonText.Quote(value));
            json.WriteString(name, text);
        }
        if (document.Body.ContentType is { Length: > 0 } contentType) json.WriteString("datacontenttype", contentType);
        if (document.Bytes.Length > 0 && WriteData(document.Bytes, document.Body.ContentType, json, limits) is { } problem) return problem;
        json.WriteEndObject();
        return null;
    }

    private static FormatProblem? WriteData(ReadOnlyMemory<byte> data, string? contentType, Utf8JsonWriter json, FormatLimits limits)
    {
        if (!string.IsNullOrEmpty(contentType) && EventData.IsJson(contentType))
        {
            using var parsed = EventData.Parsed(data, limits);
            if (parsed is null && JsonCutter.DepthOf(data.Span) > limits.Depth) return new FormatProblem("", $"arrays and objects at most {limits.Depth} deep", "deeper ones");
            if (parsed is null) return new FormatProblem("", "JSON (RFC 8259), as the Content-Type says", JsonText.Describe(data.Span[0]));
            json.WritePropertyName("data");
            parsed.RootElement.WriteTo(json);
        }
        else if (EventData.IsText(contentType) && EventData.IsUnicode(data.Span)) json.WriteString("data", data.Span);
        else json.WriteBase64String("data_base64", data.Span);
        return null;
    }

    private static FeedItem Refused(ReadOnlyMemory<byte> data, FormatProblem problem) => new() { Index = 0, Raw = data.ToArray(), Problems = [problem] };
}
