using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Monitoring.Contracts;

namespace Monitoring.ServiceDefaults.Http;

/// <summary>A place in a list that is ordered by time and id.</summary>
public sealed record Cursor(DateTimeOffset At, Guid Id)
{
    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{Id:N}")));

    public static bool TryParse(string text, [NotNullWhen(true)] out Cursor? cursor)
    {
        cursor = null;
        if (!Base64Url.IsValid(text)) return false;
        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTimeOffset.MaxValue.Ticks) return false;
        if (!Guid.TryParseExact(parts[1], "N", out var id)) return false;
        cursor = new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), id);
        return true;
    }
}

/// <summary><c>?limit=&amp;cursor=</c> of a list: 100 by default, 1,000 at most.</summary>
public sealed record Paging(int Limit, Cursor? After)
{
    /// <summary>Reads the two parameters, or tells which of them is wrong.</summary>
    public static bool TryRead(int? limit, string? cursor, [NotNullWhen(true)] out Paging? paging, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        (paging, problem) = (null, null);
        if (limit is < 1 or > 1_000) problem = Problems.Parameter("limit", "a number from 1 to 1,000", limit.ToString());
        Cursor? after = null;
        if (cursor is not null && !Cursor.TryParse(cursor, out after)) problem ??= Problems.Parameter("cursor", "the 'next' of an earlier page", cursor);
        if (problem is null) paging = new Paging(limit ?? 100, after);
        return problem is null;
    }

    /// <summary>Makes the page of rows that were read one beyond the limit.</summary>
    public Page<T> Page<T>(IReadOnlyList<T> rows, Func<T, Cursor> cursorOf) =>
        rows.Count > Limit ? new([.. rows.Take(Limit)], cursorOf(rows[Limit - 1]).ToString()) : new(rows, null);
}
