using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using AngleSharp.Html;

namespace Monitoring.Ingestion.Formats.Xml;

/// <summary>
/// Makes well-formed what the world publishes as XML and what feed readers survive: bare ampersands, HTML's named characters, references
/// to characters that XML forbids, and such characters themselves. CDATA sections and comments keep their ampersands.
/// </summary>
internal static class XmlMending
{
    private const int LongestReference = 40;
    private const string Controls = "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\v\f\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\uFFFE\uFFFF";

    private static readonly SearchValues<char> Stops = SearchValues.Create("&<" + Controls);
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(Controls);

    public static string Mend(string xml)
    {
        StringBuilder? mended = null;
        var (copied, at) = (0, 0);
        while (xml.AsSpan(at).IndexOfAny(Stops) is >= 0 and var next)
        {
            at += next;
            if (xml[at] == '<')
            {
                var end = AfterLiteral(xml, at);
                // A forbidden character in a literal can't be kept by any reference either.
                for (; xml.AsSpan(at, end - at).IndexOfAny(Forbidden) is >= 0 and var forbidden; at += forbidden + 1) Replace(at + forbidden, 1, "");
                at = end;
                continue;
            }
            var length = xml[at] == '&' ? ReferenceLength(xml.AsSpan(at)) : 1;
            var replacement = xml[at] == '&' ? Replacement(xml.AsSpan(at, length)) : "";
            if (replacement is not null) Replace(at, length, replacement);
            at += length;
        }
        return mended is null ? xml : mended.Append(xml, copied, xml.Length - copied).ToString();

        void Replace(int start, int length, string replacement)
        {
            (mended ??= new StringBuilder(xml.Length + 64)).Append(xml, copied, start - copied).Append(replacement);
            copied = start + length;
        }
    }

    /// <summary>Past a CDATA section or a comment that starts here, or past the bracket.</summary>
    private static int AfterLiteral(string xml, int at)
    {
        var end = string.CompareOrdinal(xml, at, "<![CDATA[", 0, 9) == 0 ? "]]>" : string.CompareOrdinal(xml, at, "<!--", 0, 4) == 0 ? "-->" : null;
        if (end is null) return at + 1;
        var closed = xml.IndexOf(end, at, StringComparison.Ordinal);
        return closed < 0 ? xml.Length : closed + end.Length;
    }

    /// <summary>The ampersand with the name or number and the semicolon that follow it; 1 where none do.</summary>
    private static int ReferenceLength(ReadOnlySpan<char> text)
    {
        var end = text[..Math.Min(text.Length, LongestReference)].IndexOf(';');
        return end > 1 && !text[1..end].ContainsAnyExcept(ReferenceLetters) ? end + 1 : 1;
    }

    private static readonly SearchValues<char> ReferenceLetters = SearchValues.Create("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <returns><c>null</c> where the reference is right as it stands.</returns>
    private static string? Replacement(ReadOnlySpan<char> reference)
    {
        if (reference.Length == 1) return "&amp;";
        var name = reference[1..^1];
        if (name is "amp" or "lt" or "gt" or "quot" or "apos") return null;
        if (name[0] == '#') return IsAllowed(name[1..]) ? null : "";
        return HtmlEntityProvider.Resolver.GetSymbol($"{name};") ?? $"&amp;{name};";
    }

    private static bool IsAllowed(ReadOnlySpan<char> number)
    {
        var isRead = number is ['x', ..]
            ? int.TryParse(number[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out code);
        return isRead && (code > 0xFFFF ? code <= 0x10FFFF : XmlConvert.IsXmlChar((char)code));
    }
}
