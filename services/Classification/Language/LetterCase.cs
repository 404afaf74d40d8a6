namespace Monitoring.Classification.Language;

/// <summary>How a text uses capitals, which decides how much a capital tells.</summary>
internal enum LetterCase { Mixed, Upper, Lower }

internal static class LetterCases
{
    /// <summary>A text without any capital is lower case; one where nine letters of ten are capitals is upper case.</summary>
    public static LetterCase Of(ReadOnlySpan<char> text)
    {
        var (upper, lower) = (0, 0);
        foreach (var character in text)
        {
            if (char.IsAsciiLetterLower(character)) lower++;
            else if (char.IsUpper(character)) upper++;
            else if (character > 127 && char.IsLower(character)) lower++;
        }
        if (upper == 0) return LetterCase.Lower;
        return upper > 9 * lower ? LetterCase.Upper : LetterCase.Mixed;
    }
}
