using System.Text;
using System.Text.Json;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// A bounded look at the start of a body: by what it says first, its format is told. Of arrays only the first element is looked at.
/// </summary>
internal sealed class BodySample
{
    /// <summary>Bytes that are looked at, at most.</summary>
    public const int Bytes = 16 << 10;

    private const int Depth = 5;
    private readonly Dictionary<string, string> members = new(StringComparer.Ordinal);

    private BodySample()
    {
    }

    /// <summary>The local name of an XML document's root element, or <c>null</c>.</summary>
    public string? XmlRoot { get; private init; }

    /// <summary>The first line, where the body is neither JSON nor XML; else empty.</summary>
    public string FirstLine { get; private init; } = "";

    /// <summary>Whether there is such a member: <c>vulnerabilities[].cveID</c> is that of the first element of an array, <c>[].id</c> where the body is an array.</summary>
    public bool Has(string path) => members.ContainsKey(path);

    /// <summary>The member's value, where it is a string or a number; empty where it is anything else, <c>null</c> where there is none.</summary>
    public string? this[string path] => members.GetValueOrDefault(path);

    public static BodySample Of(ReadOnlySpan<byte> start)
    {
        start = start[..Math.Min(start.Length, Bytes)];
        if (XmlDeclaration.IsXml(start)) return new BodySample { XmlRoot = XmlDeclaration.RootOf(start) };
        start = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        var text = start.TrimStart(" \t\r\n"u8);
        if (text.Length == 0 || text[0] is not ((byte)'{' or (byte)'[')) return new BodySample { FirstLine = LineOf(text) };
        var sample = new BodySample();
        sample.Look(text);
        return sample;
    }

    private static string LineOf(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    private void Look(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 256 }));
        try
        {
            if (reader.Read()) Value(ref reader, "", 0);
        }
        // Whoever reads it will say what is wrong with it.
        catch (JsonException)
        {
            return;
        }
    }

    /// <returns>Whether the whole value was there.</returns>
    private bool Value(ref Utf8JsonReader reader, string path, int depth)
    {
        if (depth > Depth) return reader.TrySkip();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read())
                {
                    if (reader.TokenType == JsonTokenType.EndObject) return true;
                    if (!Member(ref reader, path, depth)) return false;
                }
                return false;
            case JsonTokenType.StartArray:
                if (!reader.Read()) return false;
                if (reader.TokenType == JsonTokenType.EndArray) return true;
                if (!Value(ref reader, path + "[]", depth + 1)) return false;
                while (reader.Read())
                {
                    if (reader.TokenType == JsonTokenType.EndArray) return true;
                    if (!reader.TrySkip()) return false;
                }
                return false;
            default:
                return true;
        }
    }

    private bool Member(ref Utf8JsonReader reader, string path, int depth)
    {
        var name = Encoding.UTF8.GetString(reader.ValueSpan);
        var member = path.Length == 0 ? name : $"{path}.{name}";
        if (!reader.Read()) return false;
        members.TryAdd(member, reader.TokenType is JsonTokenType.String or JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : "");
        return Value(ref reader, member, depth + 1);
    }
}
