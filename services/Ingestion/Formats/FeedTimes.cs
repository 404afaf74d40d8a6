using System.Globalization;
using System.Text;

namespace Monitoring.Ingestion.Formats;

/// <summary>The ways in which feeds write times. Where one says no offset, UTC is meant.</summary>
internal static class FeedTimes
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;

    private static readonly string[] Iso =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss K", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:sszz00", "yyyyMMdd", "yyyyMMddTHHmmssK", "yyyyMMddHHmmss",
    ];

    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";

    /// <summary>Zones by name, as RFC 822, section 5, has them, and as mail really has them.</summary>
    private static readonly (string Name, int Hours)[] Zones =
    [
        ("GMT", 0), ("UTC", 0), ("UT", 0), ("Z", 0), ("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7),
        ("CET", 1), ("CEST", 2), ("EET", 2), ("EEST", 3), ("BST", 1), ("WET", 0), ("WEST", 1), ("MSK", 3), ("JST", 9), ("AEST", 10), ("AEDT", 11), ("NZST", 12), ("NZDT", 13),
    ];

    /// <summary>ISO 8601 as feeds write it: RFC 3339, also without seconds, offset or time of day.</summary>
    public static DateTimeOffset? OfIso(string? text)
    {
        if (text is null) return null;
        text = text.Trim();
        Span<byte> ascii = stackalloc byte[64];
        if (text.Length <= ascii.Length && Encoding.ASCII.TryGetBytes(text, ascii, out var length) && Rfc3339.TryParse(ascii[..length], out var exact)) return exact;
        return DateTimeOffset.TryParseExact(text, Iso, CultureInfo.InvariantCulture, Utc, out var time) ? time : null;
    }

    /// <summary>A date of RFC 822, section 5, or RFC 5322: with or without the day's name, two digits of a year, zones by name; else as <see cref="OfIso"/>.</summary>
    public static DateTimeOffset? OfMail(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var date = text.AsSpan()[(text.IndexOf(',') + 1)..];
        Span<Range> words = stackalloc Range[8];
        var count = date.SplitAny(words, " \t\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = count > 0 && !char.IsAsciiDigit(date[words[0]][0]) ? 1 : 0;
        if (count - first < 3) return OfIso(text);
        var (day, month, year) = (Number(date[words[first]]), MonthOf(date[words[first + 1]]), YearOf(date[words[first + 2]]));
        if (month == 0 || year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month)) return OfIso(text);
        var time = TimeSpan.Zero;
        if (count - first > 3 && !TryReadTime(date[words[first + 3]], out time)) return null;
        var offset = count - first > 4 ? OffsetOf(date[words[first + 4]]) : TimeSpan.Zero;
        var ticks = new DateTime(year, month, day).Ticks + (time - offset).Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>Seconds, or milliseconds, since 1970, as a number or as its digits.</summary>
    public static DateTimeOffset? OfEpoch(double? number, bool inMilliseconds = false)
    {
        var seconds = inMilliseconds ? number / 1000 : number;
        return seconds is > -62135596800 and < 253402300800 ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds.Value * TimeSpan.TicksPerSecond)) : null;
    }

    private static int MonthOf(ReadOnlySpan<char> name)
    {
        for (var month = 0; month < 12 && name.Length >= 3; month++)
            if (name[..3].Equals(Months.AsSpan(3 * month, 3), StringComparison.OrdinalIgnoreCase)) return month + 1;
        return 0;
    }

    /// <summary>Two digits are years from 1950 to 2049 (RFC 5322, section 4.3).</summary>
    private static int YearOf(ReadOnlySpan<char> digits) => (digits.Length, Number(digits)) switch
    {
        (4, var year) => year,
        (2, >= 50 and var year) => 1900 + year,
        (2, >= 0 and var year) => 2000 + year,
        _ => 0,
    };

    private static bool TryReadTime(ReadOnlySpan<char> text, out TimeSpan time)
    {
        Span<Range> parts = stackalloc Range[4];
        var count = text.Split(parts, ':');
        var (hour, minute, second) = count is 2 or 3 ? (Number(text[parts[0]]), Number(text[parts[1]]), count == 3 ? Number(text[parts[2]]) : 0) : (-1, 0, 0);
        var isTime = hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and <= 60;
        time = isTime ? new TimeSpan(hour, minute, second) : TimeSpan.Zero;
        return isTime;
    }

    /// <summary>A zone by a name that nobody knows says nothing (RFC 5322, section 4.3).</summary>
    private static TimeSpan OffsetOf(ReadOnlySpan<char> zone)
    {
        foreach (var (name, hours) in Zones)
            if (zone.Equals(name, StringComparison.OrdinalIgnoreCase)) return TimeSpan.FromHours(hours);
        if (zone.Length < 5 || zone[0] is not ('+' or '-')) return TimeSpan.Zero;
        var (ahead, minutes) = (Number(zone[1..3]), Number(zone[^2..]));
        return ahead is < 0 or > 14 || minutes is < 0 or > 59 ? TimeSpan.Zero : new TimeSpan(ahead, minutes, 0) * (zone[0] == '-' ? -1 : 1);
    }

    /// <returns>-1 where there is anything but digits.</returns>
    private static int Number(ReadOnlySpan<char> digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
