namespace Monitoring.Classification.Language;

/// <summary>Numbers of people in folded writing.</summary>
internal static class Numbers
{
    private const double Largest = 1e9;

    /// <summary>
    /// Reads a number whose thousands may be parted by a comma, a stop or a space. It is 0 for what counts nobody: years, shares, decimals.
    /// Returns where it ends.
    /// </summary>
    public static int Read(ReadOnlySpan<char> folded, int start, out double number)
    {
        var position = Digits(folded, start, out number);
        var isYear = position - start == 4 && number is >= 1900 and <= 2100;
        var isGrouped = position - start <= 3;
        while (position + 1 < folded.Length && folded[position] is Folding.Stop or Folding.Space && char.IsAsciiDigit(folded[position + 1]))
        {
            var end = Digits(folded, position + 1, out var group);
            if (!isGrouped || end - position != 4)
            {
                if (folded[position] == Folding.Space) break;
                number = 0;
                return end;
            }
            number = number * 1000 + group;
            position = end;
        }
        if (isYear || number > Largest || position < folded.Length && folded[position] == '%') number = 0;
        return position;
    }

    private static int Digits(ReadOnlySpan<char> folded, int position, out double number)
    {
        number = 0;
        while (position < folded.Length && char.IsAsciiDigit(folded[position])) number = number * 10 + (folded[position++] - '0');
        return position;
    }
}
