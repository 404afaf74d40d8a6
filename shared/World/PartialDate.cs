using System.Globalization;

namespace Monitoring.World;

/// <summary>
/// A date that history gives to the day, the month or the year: <c>1949-08-24</c>, <c>2021-04</c>, <c>1956</c>. It stands for a span of days.
/// </summary>
internal readonly record struct PartialDate(DateOnly First, DateOnly Last)
{
    public static PartialDate Parse(string text)
    {
        if (text.Length == 10) return Day(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        var first = DateOnly.ParseExact(text.Length == 7 ? $"{text}-01" : $"{text}-01-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(first, (text.Length == 7 ? first.AddMonths(1) : first.AddYears(1)).AddDays(-1));
    }

    private static PartialDate Day(DateOnly day) => new(day, day);
}

/// <summary>
/// A span of time with its first and its last day. Where a boundary is known only by its month or year, all days that may belong to
/// the span do: a membership from <c>1956</c> counts from 1 January, one to <c>2014</c> until 31 December.
/// </summary>
internal readonly record struct Period(DateOnly From, DateOnly To)
{
    /// <summary>Reads <c>from</c>, or <c>from/to</c> (the last day).</summary>
    public static Period Parse(string text)
    {
        var parts = text.Split('/');
        return new(PartialDate.Parse(parts[0]).First, parts.Length == 1 ? DateOnly.MaxValue : PartialDate.Parse(parts[1]).Last);
    }

    public bool Contains(DateOnly at) => From <= at && at <= To;
}
