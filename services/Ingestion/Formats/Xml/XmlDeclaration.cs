using System.Text;
using System.Text.Unicode;

namespace Monitoring.Ingestion.Formats.Xml;

/// <summary>
/// Which characters the bytes of an XML document are: by its byte-order mark, else by the content type (RFC 7303, section 3), else by its
/// declaration. As feed readers do, a word that can't be true is passed over.
/// </summary>
internal static class XmlDeclaration
{
    private const int Longest = 256;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    static XmlDeclaration() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>What browsers and feed readers take text for that is nothing else.</summary>
    private static Encoding Latin => Encoding.GetEncoding(1252);

    public static bool IsXml(ReadOnlySpan<byte> start)
    {
        if (start is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] or [0, (byte)'<', ..]) return true;
        if (start is [0xEF, 0xBB, 0xBF, ..]) start = start[3..];
        return start.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
    }

    /// <summary>The local name of the root element, or <c>null</c> where it does not come within these bytes.</summary>
    public static string? RootOf(ReadOnlySpan<byte> start)
    {
        var text = Decode(start, charset: null).AsSpan();
        for (var at = text.IndexOf('<'); at >= 0 && at + 1 < text.Length;)
        {
            text = text[(at + 1)..];
            var end = text[0] == '?' ? "?>" : text.StartsWith("!--") ? "-->" : text[0] == '!' ? ">" : null;
            if (end is null) return NameIn(text);
            var closed = text.IndexOf(end);
            if (closed < 0) return null;
            text = text[(closed + end.Length)..];
            at = text.IndexOf('<');
        }
        return null;
    }

    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        var (encoding, mark) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (StrictUtf8, 3),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [(byte)'<', 0, ..] => (Encoding.Unicode, 0),
            [0, (byte)'<', ..] => (Encoding.BigEndianUnicode, 0),
            _ => (ByName(charset) ?? ByName(DeclaredIn(bytes)) ?? StrictUtf8, 0),
        };
        bytes = bytes[mark..];
        if (mark == 0 && (encoding.IsSingleByte || !IsWide(bytes, encoding)) && encoding is not UTF8Encoding && IsPlainlyUtf8(bytes, encoding)) encoding = StrictUtf8;
        if (encoding is UTF8Encoding && !Utf8.IsValid(bytes)) encoding = IsCutOff(bytes) ? StrictUtf8 : Latin;
        return encoding.GetString(bytes);
    }

    /// <summary>Whether bytes that are said to be of another encoding can't but be UTF-8.</summary>
    private static bool IsPlainlyUtf8(ReadOnlySpan<byte> bytes, Encoding said) =>
        Utf8.IsValid(bytes) && (said is UnicodeEncoding or UTF32Encoding || bytes.ContainsAnyExceptInRange((byte)0, (byte)0x7F));

    private static bool IsWide(ReadOnlySpan<byte> bytes, Encoding encoding) => encoding is UnicodeEncoding or UTF32Encoding && bytes.Contains((byte)0);

    /// <summary>Valid but for a last character of which not all bytes came.</summary>
    private static bool IsCutOff(ReadOnlySpan<byte> bytes)
    {
        for (var less = 1; less <= 3 && less < bytes.Length; less++)
            if (Utf8.IsValid(bytes[..^less])) return true;
        return false;
    }

    private static string? DeclaredIn(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Longest)]).AsSpan().TrimStart();
        if (!text.StartsWith("<?xml") || text.IndexOf("?>") is not (> 0 and var end)) return null;
        var at = text[..end].IndexOf("encoding");
        if (at < 0) return null;
        var value = text[(at + "encoding".Length)..end].TrimStart().TrimStart('=').TrimStart();
        if (value.Length < 2 || value[0] is not ('"' or '\'')) return null;
        var length = value[1..].IndexOf(value[0]);
        return length > 0 ? value.Slice(1, length).ToString() : null;
    }

    private static Encoding? ByName(string? name)
    {
        if (name is null) return null;
        try
        {
            return name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) ? StrictUtf8 : Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? NameIn(ReadOnlySpan<char> tag)
    {
        var length = tag.IndexOfAny(" \t\r\n/>");
        if (length <= 0) return null;
        var name = tag[..length];
        return name[(name.IndexOf(':') + 1)..].ToString();
    }
}
