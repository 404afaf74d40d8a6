using System.Globalization;
using Monitoring.Contracts;

namespace Monitoring.Dashboard.Live;

/// <summary>An alert as a list item: the same markup whether it comes with the page or over the stream.</summary>
internal static class RowHtml
{
    public static string Of(BoardRow row)
    {
        var severity = Wire<Severity>.Name(row.Severity);
        var state = Wire<AlertState>.Name(row.State);
        Html html = $"""
            <li class="row" data-id="{row.Id}" data-version="{row.Version}" data-key="{Key(row)}" data-severity="{severity}" data-state="{state}"><span class="severity {severity}">{severity}</span><a class="title" href="/alerts/{row.Id}">{row.Title}</a><span class="about">{Domains(row)}{Countries(row)}{Alliances(row)}<span class="rule">{row.Rule}</span></span><span class="state {state}">{state}{Assignee(row)}</span>{Time(row.CreatedAt)}</li>
            """;
        return html.ToString();
    }

    /// <summary>A moment that the browser shows in its own zone; without scripts it stays as it is, in UTC.</summary>
    public static Html Time(DateTimeOffset moment)
    {
        var utc = moment.UtcDateTime;
        return $"""<time datetime="{utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}">{utc.ToString("d MMM HH:mm 'UTC'", CultureInfo.InvariantCulture)}</time>""";
    }

    /// <summary>Sorts like the list when compared as text, greatest first.</summary>
    private static string Key(BoardRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.CreatedAt.UtcTicks / TimeSpan.TicksPerMicrosecond:D17}-{row.Id}");

    private static IEnumerable<Html> Domains(BoardRow row)
    {
        foreach (var domain in row.Domains.Values)
        {
            var name = Wire<Domain>.Name(domain);
            yield return $"""<span class="domain {name}">{name}</span>""";
        }
    }

    private static IEnumerable<Html> Countries(BoardRow row)
    {
        foreach (var country in row.Countries.Take(6)) yield return $"""<abbr class="country" data-country="{country}">{country}</abbr>""";
        if (row.Countries.Length > 6) yield return $"""<span class="country">+{row.Countries.Length - 6}</span>""";
    }

    private static IEnumerable<Html> Alliances(BoardRow row)
    {
        foreach (var alliance in row.Alliances.Take(4)) yield return $"""<span class="alliance">{alliance}</span>""";
        if (row.Alliances.Length > 4) yield return $"""<span class="alliance">+{row.Alliances.Length - 4}</span>""";
    }

    private static IEnumerable<Html> Assignee(BoardRow row)
    {
        if (row.Assignee is { } assignee) yield return $""" <span class="assignee">{assignee}</span>""";
    }
}
