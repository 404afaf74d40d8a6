namespace Monitoring.Classification.Language;

/// <summary>A word or number of a text.</summary>
/// <param name="Start">First UTF-16 code unit.</param>
/// <param name="Length">Length without a possessive ending.</param>
/// <param name="Full">Length with it.</param>
/// <param name="Breaks">Whether a phrase cannot reach over what stands before it: the end of a sentence or clause, a quotation mark, a bracket.</param>
internal readonly record struct Token(int Start, int Length, int Full, bool Breaks)
{
    public int End => Start + Full;

    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, Length);

    public char First(string text) => text[Start];

    /// <summary>Capitals only (and at least one): <c>NATO</c>, <c>U.S</c>.</summary>
    public bool IsAcronym(string text)
    {
        foreach (var character in In(text)) if (!char.IsUpper(character) && character != '.') return false;
        return true;
    }
}

/// <summary>
/// The words of a text, cut once for all who read it. Letters and digits make words; hyphens part them; <c>6.4</c> and <c>1,200</c> are
/// one number each, <c>U.S.</c> and <c>D.C.</c> one word each; <c>'s</c> at the end is no part of a word.
/// </summary>
internal sealed class Tokens
{
    private const int InitialsAtMost = 8;

    private readonly int end;
    private readonly Token[] tokens;
    private LetterCase? style;
    private uint[]? hashes;

    private Tokens(string text, int end, Token[] tokens, int count) => (Text, this.end, this.tokens, Count) = (text, end, tokens, count);

    public string Text { get; }

    /// <summary>As much of the text as was cut.</summary>
    public ReadOnlySpan<char> Read => Text.AsSpan(0, end);

    /// <summary>How the text uses capitals.</summary>
    public LetterCase Style => style ??= LetterCases.Of(Read);

    public int Count { get; }

    public ref readonly Token this[int index] => ref tokens[index];

    public ReadOnlySpan<char> Word(int index) => tokens[index].In(Text);

    /// <summary>A word's <see cref="WordTable.Hash"/>, computed once for all tables that it is looked up in. Not for several threads.</summary>
    public uint Hash(int index)
    {
        if (hashes is not null) return hashes[index];
        var computed = new uint[Count];
        for (var word = 0; word < Count; word++) computed[word] = WordTable.Hash(Word(word));
        hashes = computed;
        return computed[index];
    }

    /// <summary>Cuts the first <paramref name="limit"/> characters of a text.</summary>
    public static Tokens Of(string text, int limit = int.MaxValue)
    {
        var end = Math.Min(text.Length, limit);
        var tokens = new Token[end / 5 + 8];
        var (count, position, breaks) = (0, 0, true);
        while (position < end)
        {
            if (!char.IsLetterOrDigit(text[position]))
            {
                breaks |= Breaks(text, position, count == 0 ? default : tokens[count - 1]);
                position++;
                continue;
            }
            if (count == tokens.Length) Array.Resize(ref tokens, count * 2);
            var token = Cut(text, position, end, breaks);
            tokens[count++] = token;
            position = token.End;
            breaks = false;
        }
        return new Tokens(text, end, tokens, count);
    }

    /// <summary>Whether nothing but a comma parts a word from the one before it.</summary>
    public bool IsAfterComma(int index)
    {
        if (index == 0 || !tokens[index].Breaks) return false;
        var before = tokens[index - 1].End;
        return Text.AsSpan(before, tokens[index].Start - before) is ", " or ",";
    }

    private static Token Cut(string text, int start, int end, bool breaks)
    {
        if (Initials(text, start, end) is > 0 and var initials) return new(start, initials, initials, breaks);
        var position = start + 1;
        while (position < end && Continues(text, position, end)) position++;
        var length = position - start;
        if (length > 2 && text[position - 1] is 's' or 'S' && IsApostrophe(text[position - 2])) return new(start, length - 2, length, breaks);
        return new(start, length, length, breaks);
    }

    /// <summary>Length of single letters with dots between them, such as <c>U.S</c>; 0 where there are none, or more than anything is called by.</summary>
    private static int Initials(string text, int start, int end)
    {
        var position = start;
        var last = Math.Min(end, start + 2 * InitialsAtMost);
        while (position + 2 < last && char.IsLetter(text[position]) && text[position + 1] == '.' && char.IsLetter(text[position + 2])) position += 2;
        if (position + 2 >= last && last < end && text[position + 1] == '.' && char.IsLetter(text[position + 2])) return 0;
        if (position == start || position + 1 < end && char.IsLetterOrDigit(text[position + 1])) return 0;
        return position + 1 - start;
    }

    private static bool Continues(string text, int position, int end)
    {
        var character = text[position];
        if (char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.NonSpacingMark) return true;
        if (position + 1 >= end) return false;
        if (IsApostrophe(character)) return char.IsLetter(text[position - 1]) && char.IsLetter(text[position + 1]);
        return character is '.' or ',' && char.IsDigit(text[position - 1]) && char.IsDigit(text[position + 1]);
    }

    private static bool IsApostrophe(char character) => character is '\'' or '’' or 'ʼ' or '‘';

    /// <summary>A full stop after one or two letters belongs to an abbreviation (<c>St. Petersburg</c>).</summary>
    private static bool Breaks(string text, int position, Token before) => text[position] switch
    {
        '.' => before.Length > 2,
        ',' or ';' or ':' or '!' or '?' or '|' or '(' or ')' or '[' or ']' or '"' or '“' or '”' or '\n' or '–' or '—' or '•' or '…' => true,
        _ => false,
    };
}
