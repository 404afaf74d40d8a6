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

    private static readonly string[] Mail = [.. from day in new[] { "d", "dd" }
                                                from year in new[] { "yyyy", "yy" }
                                                from time in new[] { "HH:mm:ss", "HH:mm", "H:mm:ss", "H:mm" }
                                                select $"{day} MMM {year} {time} zzz", "d MMM yyyy", "dd MMM yyyy"];

    /// <summary>Zones by name, as RFC 822, section 5, has them, and as mail really has them.</summary>
    private static readonly (string Name, string Offset)[] Zones =
    [
        ("GMT", "+00:00"), ("UTC", "+00:00"), ("UT", "+00:00"), ("Z", "+00:00"), ("EST", "-05:00"), ("EDT", "-04:00"), ("CST", "-06:00"), ("CDT", "-05:00"),
        ("MST", "-07:00"), ("MDT", "-06:00"), ("PST", "-08:00"), ("PDT", "-07:00"), ("CET", "+01:00"), ("CEST", "+02:00"), ("EET", "+02:00"), ("EEST", "+03:00"),
        ("BST", "+01:00"), ("WET", "+00:00"), ("WEST", "+01:00"), ("MSK", "+03:00"), ("JST", "+09:00"), ("AEST", "+10:00"), ("AEDT", "+11:00"), ("NZST", "+12:00"), ("NZDT", "+13:00"),
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
        text = text.Trim();
        var comma = text.IndexOf(',');
        var words = (comma >= 0 ? text[(comma + 1)..] : text).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        if (words.Count > 0 && comma < 0 && words[0].All(char.IsAsciiLetter)) words.RemoveAt(0);
        if (words.Count < 3 || words[1].Length < 3) return OfIso(text);
        words[1] = words[1][..3];
        if (words.Count == 4) words.Add("GMT");
        if (words.Count > 4) words[4] = Offset(words[4]);
        var date = string.Join(' ', words.Take(5));
        return DateTimeOffset.TryParseExact(date, Mail, CultureInfo.InvariantCulture, Utc, out var time) ? time : null;
    }

    /// <summary>Seconds, or milliseconds, since 1970, as a number or as its digits.</summary>
    public static DateTimeOffset? OfEpoch(double? number, bool inMilliseconds = false)
    {
        var seconds = inMilliseconds ? number / 1000 : number;
        return seconds is > -62135596800 and < 253402300800 ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds.Value * TimeSpan.TicksPerSecond)) : null;
    }

    private static string Offset(string zone)
    {
        foreach (var (name, offset) in Zones)
            if (zone.Equals(name, StringComparison.OrdinalIgnoreCase)) return offset;
        return zone.Length == 5 && zone[0] is '+' or '-' ? zone.Insert(3, ":") : zone;
    }
}
