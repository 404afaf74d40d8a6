using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>What is inside JSON strings, and how to speak of JSON to people.</summary>
internal static class JsonText
{
    private const int QuotedAtMost = 60;

    /// <summary>Why a string can't be taken as text, or <c>null</c> where it can: bytes that are not UTF-8, U+0000, half of a surrogate pair.</summary>
    /// <param name="value">What stands between the quotes, its escapes checked by the reader already.</param>
    /// <param name="isEscaped">Whether there are escapes.</param>
    public static string? FaultOf(ReadOnlySpan<byte> value, bool isEscaped)
    {
        if (!Utf8.IsValid(value)) return "bytes that are not UTF-8";
        if (!isEscaped) return null;
        for (var at = value.IndexOf((byte)'\\'); at >= 0 && at < value.Length;)
        {
            if (value[at + 1] != 'u')
            {
                at += 2;
            }
            else
            {
                var unit = CodeUnit(value, at);
                if (unit == 0) return "U+0000";
                if (char.IsLowSurrogate(unit)) return "a lone surrogate";
                at += 6;
                if (char.IsHighSurrogate(unit))
                {
                    if (at + 6 > value.Length || value[at] != '\\' || value[at + 1] != 'u' || !char.IsLowSurrogate(CodeUnit(value, at))) return "a lone surrogate";
                    at += 6;
                }
            }
            var next = value[at..].IndexOf((byte)'\\');
            at = next < 0 ? value.Length : at + next;
        }
        return null;
    }

    /// <summary>The text of a value without the white space between its tokens.</summary>
    public static string Compact(ReadOnlySpan<byte> value)
    {
        var compact = new byte[value.Length];
        var (length, inString, escaped) = (0, false, false);
        foreach (var octet in value)
        {
            if (!inString && octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') continue;
            if (octet == '"' && !escaped) inString = !inString;
            escaped = inString && octet == '\\' && !escaped;
            compact[length++] = octet;
        }
        return Encoding.UTF8.GetString(compact, 0, length);
    }

    /// <summary>Where the reader failed, from the start of what it read.</summary>
    public static long PositionOf(JsonException failure, ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        for (var line = failure.LineNumber ?? 0; line > 0; line--) start += bytes[start..].IndexOf((byte)'\n') + 1;
        return start + (failure.BytePositionInLine ?? 0);
    }

    public static string Describe(byte found) =>
        found is > 0x20 and < 0x7F ? $"'{(char)found}'" : string.Create(CultureInfo.InvariantCulture, $"the byte 0x{found:X2}");

    public static string Quote(string found) => found.Length <= QuotedAtMost ? $"'{found}'" : $"'{Cut(found)}…' of {found.Length} characters";

    public static string Name(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };

    /// <summary>Never between the halves of a surrogate pair.</summary>
    private static string Cut(string text) => text[..(char.IsHighSurrogate(text[QuotedAtMost - 1]) ? QuotedAtMost - 1 : QuotedAtMost)];

    private static char CodeUnit(ReadOnlySpan<byte> value, int escape) =>
        (char)ushort.Parse(value.Slice(escape + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
