namespace Monitoring.Ingestion.Formats;

/// <summary>The <c>date-time</c> of RFC 3339, section 5.6: a time without an offset is none.</summary>
internal static class Rfc3339
{
    private const int ShortestLength = 20;

    /// <summary>Reads ASCII text into a time in UTC. Digits beyond 100 ns are dropped; a leap second is the second after it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < ShortestLength || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':') return false;
        var (year, month, day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..10]));
        var (hour, minute, second) = (Number(text[11..13]), Number(text[14..16]), Number(text[17..19]));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60) return false;
        var rest = text[19..];
        if (!TryReadFraction(ref rest, out var fraction) || !TryReadOffset(rest, out var offset)) return false;
        var ticks = new DateTime(year, month, day, hour, minute, 0).Ticks + second * TimeSpan.TicksPerSecond + fraction - offset;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks) return false;
        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryReadFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest[0] != '.') return true;
        var digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 1) return false;
        for (var at = 0; at < 7; at++) ticks = ticks * 10 + (at < digits ? rest[1 + at] - '0' : 0);
        rest = rest[(1 + digits)..];
        return true;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest.Length == 1) return (rest[0] | 0x20) == 'z';
        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':') return false;
        var (hours, minutes) = (Number(rest[1..3]), Number(rest[4..6]));
        if (hours is < 0 or > 23 || minutes is < 0 or > 59) return false;
        ticks = (hours * 60 + minutes) * TimeSpan.TicksPerMinute * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    /// <returns>-1 where there is anything but digits.</returns>
    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit)) return -1;
            number = number * 10 + (digit - '0');
        }
        return number;
    }
}
