using System.Globalization;
using System.Xml;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Feeds;

/// <summary>What a feed may be like.</summary>
internal static class FeedRules
{
    private const int NameLength = 100;
    private const int HeaderLength = 200;
    private const int FastestRate = 1_000_000;
    private static readonly TimeSpan ShortestExpectation = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestExpectation = TimeSpan.FromDays(366);

    /// <summary>The fields of a report that a CSV column can stand for.</summary>
    public static IReadOnlyList<string> ColumnFields { get; } =
    [
        "externalId", "title", "text", "occurredAt", "publishedAt", "expiresAt", "url", "language", "status", "action",
        "place", "country", "lat", "lon", "severity", "domains", "actors",
    ];

    /// <param name="name">Not looked at where it is <c>null</c>.</param>
    /// <param name="facts">As they were read.</param>
    /// <param name="rateLimit">In reports per second, where it is told.</param>
    /// <param name="errors">Takes what is wrong with each field.</param>
    public static void Check(string? name, FeedFacts facts, int? rateLimit, Dictionary<string, string[]> errors)
    {
        if (name is not null && !IsLabel(name)) errors["name"] = [$"expected 1 to {NameLength} characters, none of them control characters"];
        if (rateLimit is < 0 or > FastestRate) errors["rateLimit"] = [$"expected reports per second from 0 (unlimited) to {FastestRate}, found {rateLimit}"];
        if (facts.Marking?.ReleasableTo is { } audience && (audience.Count > ReportLimits.ReleasableTo || audience.Any(one => string.IsNullOrWhiteSpace(one) || one.Length > ReportLimits.Audience)))
            errors["marking.releasableTo"] = [$"expected at most {ReportLimits.ReleasableTo} members or alliances of at most {ReportLimits.Audience} characters"];
        if (facts.Format is { } format && FeedFormats.Named(format) is null)
            errors["format"] = [$"expected one of {string.Join(", ", FeedFormats.All.Select(known => known.Name))}"];
        foreach (var (field, header) in facts.Columns ?? new Dictionary<string, string>())
        {
            if (!ColumnFields.Contains(field)) errors["columns"] = [$"expected some of {string.Join(", ", ColumnFields)}, each with its column's header"];
            else if (header is not { Length: >= 1 and <= HeaderLength } || header.Contains('\0')) errors[$"columns.{field}"] = [$"expected a column's header of 1 to {HeaderLength} characters"];
        }
        if (facts.Family is { } family && !IsLabel(family)) errors["family"] = [$"expected 1 to {NameLength} characters, none of them control characters"];
        if (facts.Language is { } language && !IsLanguage(language)) errors["language"] = ["expected a language tag (BCP 47)"];
        if (facts.Owner is { } owner && !(owner.Length == 2 && owner.All(char.IsAsciiLetterUpper))) errors["owner"] = ["expected two letters of ISO 3166-1, upper case"];
    }

    /// <summary>Reads <c>hh:mm:ss</c>, <c>d.hh:mm:ss</c> or an ISO 8601 duration such as <c>PT6H</c>.</summary>
    public static TimeSpan? ReadDuration(string? text, Dictionary<string, string[]> errors)
    {
        if (text is null) return null;
        if (Parse(text) is { } duration && duration >= ShortestExpectation && duration <= LongestExpectation) return duration;
        errors["expectedEvery"] = ["expected hh:mm:ss, d.hh:mm:ss or an ISO 8601 duration, from one minute to 366 days"];
        return null;
    }

    private static TimeSpan? Parse(string text)
    {
        if (text.Contains(':')) return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) ? time : null;
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static bool IsLabel(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= NameLength && !text.Any(char.IsControl);

    private static bool IsLanguage(string tag) =>
        tag.Length <= ReportLimits.Language && tag.Split('-').All(subtag => subtag.Length is >= 1 and <= 8 && subtag.All(char.IsAsciiLetterOrDigit));
}
