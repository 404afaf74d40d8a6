using Monitoring.Contracts;

namespace Monitoring.Load.Traffic;

/// <summary>Invented reports of the size and variety that feeds send: four domains, many places, 600 to 1,000 bytes as JSON.</summary>
internal sealed class ReportTexts(Random random, DateTimeOffset now)
{
    private static readonly Domain[] Domains = Enum.GetValues<Domain>();

    /// <summary>A connection's own requests: a few different ones, to be sent in turn.</summary>
    public RequestTemplate[] Requests(Uri server, string feedKey, string run, int batch, ReportStatus status) =>
        [.. Enumerable.Range(0, 16).Select(_ =>
            RequestTemplate.Of(server, feedKey, run, [.. Enumerable.Range(0, batch).Select(_ => Next(run, status))]))];

    /// <summary>A report whose title and text have at least so many characters.</summary>
    public Report OfLength(int characters)
    {
        var report = Next("0", ReportStatus.Test);
        while (report.Title!.Length + report.Text!.Length < characters) report = report with { Text = $"{report.Text} {Next("0", ReportStatus.Test).Text}" };
        return report with { Text = report.Text[..(characters - report.Title.Length)] };
    }

    private Report Next(string run, ReportStatus status)
    {
        var domain = Pick(Domains);
        var words = Vocabulary.Of(domain);
        var place = Pick(Vocabulary.Places);
        var occurred = now.AddSeconds(-random.Next(60, 86_400));
        string Fill(string sentence) => sentence
            .Replace("{city}", place.City, StringComparison.Ordinal)
            .Replace("{country}", place.Country, StringComparison.Ordinal)
            .Replace("{n}", random.Next(3, 900).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

        var details = words.Details.OrderBy(_ => random.Next()).Take(3).Select(Fill);
        return new Report
        {
            ExternalId = RequestTemplate.ExternalId(run, 0),
            Title = Fill(Pick(words.Titles)),
            Text = $"{string.Join(' ', details)} {Pick(Vocabulary.Closings)} Reference {RequestTemplate.ExternalId(run, 0)}.",
            OccurredAt = occurred,
            PublishedAt = occurred.AddMinutes(random.Next(1, 50)),
            Url = $"https://reports.example/{place.Code.ToLowerInvariant()}/{random.Next(100_000, 999_999)}",
            Language = "en",
            Status = status,
            Places = random.Next(3) == 0 ? [] : [new Place { Name = place.City, Country = place.Code, Lat = place.Lat, Lon = place.Lon }],
            Hints = random.Next(2) == 0 ? null : new Hints { Domains = [domain], Severity = Pick([Severity.Low, Severity.Low, Severity.Medium]) },
            Attributes = new Dictionary<string, string> { ["desk"] = Pick(Vocabulary.Desks), ["bulletin"] = $"{random.Next(1, 99)}/{now.Year}" },
        };
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
