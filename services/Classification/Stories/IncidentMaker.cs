using Monitoring.Contracts;
using Monitoring.World;

namespace Monitoring.Classification.Stories;

/// <summary>Makes an incident of a report and its verdict.</summary>
internal static class IncidentMaker
{
    private const int SummaryAtMost = 600;
    private const int TitleAtMost = 200;

    /// <param name="id">The incident's id.</param>
    /// <param name="report">The newest revision of its report.</param>
    /// <param name="verdict">What was made of it.</param>
    /// <param name="withdrawn">Whether the source took it back.</param>
    /// <param name="now">The time of the change.</param>
    public static Incident Make(Guid id, ReceivedReport report, Verdict verdict, bool withdrawn, DateTimeOffset now)
    {
        var content = report.Report;
        return new Incident
        {
            Id = id,
            Version = 1,
            State = withdrawn ? IncidentState.Withdrawn : IncidentState.Open,
            Title = Shorten(content.Title ?? content.Text ?? content.ExternalId, TitleAtMost),
            Summary = Shorten(content.Text ?? content.Title ?? "", SummaryAtMost),
            Domains = verdict.Domains,
            Probabilities = verdict.Probabilities,
            Severity = verdict.Severity,
            Confidence = verdict.Confidence,
            Countries = verdict.Countries,
            Actors = verdict.Actors,
            Language = verdict.Language,
            Model = verdict.Model,
            Evidence = verdict.Evidence,
            Places = content.Places,
            Members = Members(verdict, DateOnly.FromDateTime((content.OccurredAt ?? report.ReceivedAt).UtcDateTime)),
            Status = content.Status,
            Marking = content.Marking ?? new Marking(),
            FirstReportedAt = (content.PublishedAt is { } published && published < report.ReceivedAt ? published : report.ReceivedAt).ToUniversalTime(),
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = content.ExpiresAt?.ToUniversalTime(),
            ReportCount = 1,
            TraceId = report.TraceId,
        };
    }

    private static List<MemberFinding> Members(Verdict verdict, DateOnly at) =>
        [.. from country in verdict.Countries
            where country.Role != CountryRole.Mentioned
            let alliances = Alliances.Of(country.Code, at)
            where alliances.Count > 0
            select new MemberFinding(country.Code, alliances)];

    private static string Shorten(string text, int length)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length <= length) return text;
        // Never half of a surrogate pair.
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end].TrimEnd() + "…";
    }
}
