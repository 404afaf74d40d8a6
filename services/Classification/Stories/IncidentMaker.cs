using Monitoring.Contracts;
using Monitoring.World;

namespace Monitoring.Classification.Stories;

/// <summary>
/// Makes an incident of its reports. The latest report of the most reliable feeds leads: title, summary, language, model and, first of
/// all, evidence are its. The others count by families, each of which speaks with the latest report of its most reliable feed.
/// </summary>
internal static class IncidentMaker
{
    private const int PlacesAtMost = 50;
    private const int EvidenceAtMost = 100;

    /// <param name="id">The incident's id.</param>
    /// <param name="standing">
    /// The reports that nobody took back or replaced; where there is none, those that were, and the incident is withdrawn.
    /// </param>
    /// <param name="others">The other reports, which only bind by their marking and tell since when it is known.</param>
    /// <param name="now">The time of the change.</param>
    public static Incident Make(Guid id, IReadOnlyList<ToldReport> standing, IReadOnlyList<ToldReport> others, DateTimeOffset now)
    {
        var telling = InOrder(standing.Count > 0 ? standing : others);
        var lead = telling[0];
        // Those that see an event at all decide what it is: one feed's dull words take no domain away.
        var voices = telling.DistinctBy(report => report.Family).ToList();
        var seeing = voices.Where(report => report.Verdict.Domains.Count > 0).ToList();
        if (seeing.Count == 0) seeing = [lead];
        var severity = SeverityOf(lead, voices);
        var domains = DomainsOf(lead, seeing);
        var countries = CountriesOf(telling);
        return new Incident
        {
            Id = id,
            Version = 1,
            State = standing.Count > 0 ? IncidentState.Open : IncidentState.Withdrawn,
            Title = lead.Headline,
            Summary = lead.Summary,
            Domains = domains,
            Probabilities = lead.Verdict.Probabilities.Keys.ToDictionary(domain => domain, domain => Mean(seeing, report => report.Verdict.Probabilities.GetValueOrDefault(domain))),
            Severity = severity,
            Confidence = Mean(seeing, report => report.Verdict.Confidence),
            Countries = countries,
            Actors = [.. telling.SelectMany(report => report.Verdict.Actors).GroupBy(actor => actor.Name, (name, found) => new ActorFinding(name, found.Min(actor => actor.Role)))],
            Language = lead.Verdict.Language,
            Model = lead.Verdict.Model,
            Evidence = EvidenceOf(telling, domains, severity),
            Places = [.. telling.SelectMany(report => report.Scenes).Distinct().Take(PlacesAtMost)],
            Members = Members(countries, DateOnly.FromDateTime((telling.Min(report => report.OccurredAt) ?? lead.ReceivedAt).UtcDateTime)),
            Status = telling.Any(report => report.Status == ReportStatus.Actual) ? ReportStatus.Actual : lead.Status,
            Marking = standing.Concat(others).Select(report => report.Marking).Aggregate(Markings.Strictest),
            FirstReportedAt = standing.Concat(others).Min(report => report.ToldAt < report.ReceivedAt ? report.ToldAt : report.ReceivedAt),
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = telling.All(report => report.ExpiresAt is not null) ? telling.Max(report => report.ExpiresAt) : null,
            Credibility = Credibility.Of(telling.Select(report => (report.Family, report.Reliability))),
            ReportCount = standing.Count + others.Count,
            TraceId = standing.Concat(others).MaxBy(report => report.ReceivedAt)!.TraceId,
        };
    }

    /// <summary>The report that leads an incident of these; <c>null</c> where none of them tells anything.</summary>
    public static ToldReport? LeadOf(IReadOnlyList<ToldReport> standing, IReadOnlyList<ToldReport> others) =>
        InOrder(standing.Count > 0 ? standing : others).FirstOrDefault();

    private static List<ToldReport> InOrder(IReadOnlyList<ToldReport> reports) =>
        [.. reports.OrderBy(report => report.Reliability).ThenByDescending(report => report.ToldAt).ThenByDescending(report => report.ReceivedAt).ThenBy(report => report.Id)];

    /// <summary>What the lead says, or more where two families say more: a single voice does not raise it.</summary>
    private static Severity SeverityOf(ToldReport lead, List<ToldReport> voices)
    {
        if (voices.Count == 1) return lead.Verdict.Severity;
        var second = voices.Select(report => report.Verdict.Severity).OrderDescending().ElementAt(1);
        return second > lead.Verdict.Severity ? second : lead.Verdict.Severity;
    }

    /// <summary>What at least half of the families see, of those that see any; where they agree on none, what the lead or the first of them sees.</summary>
    private static IReadOnlyList<Domain> DomainsOf(ToldReport lead, List<ToldReport> seeing)
    {
        var shared = Enum.GetValues<Domain>().Where(domain => seeing.Count(report => report.Verdict.Domains.Contains(domain)) * 2 >= seeing.Count).ToList();
        return shared.Count > 0 ? shared : lead.Verdict.Domains.Count > 0 ? lead.Verdict.Domains : seeing[0].Verdict.Domains;
    }

    /// <summary>All that any of them names, each in its strongest role: affected before actor before mentioned.</summary>
    private static List<CountryFinding> CountriesOf(List<ToldReport> telling) =>
        [.. telling.SelectMany(report => report.Verdict.Countries).GroupBy(country => country.Code, (code, found) => new CountryFinding(code, found.Min(country => country.Role))).OrderBy(country => country.Role)];

    /// <summary>The lead's; and for what it does not say itself, that of the first report that says it.</summary>
    private static List<Evidence> EvidenceOf(List<ToldReport> telling, IReadOnlyList<Domain> domains, Severity severity)
    {
        var lead = telling[0];
        var evidence = Of(lead, _ => true).ToList();
        foreach (var domain in domains.Except(lead.Verdict.Domains))
            if (telling.Find(report => report.Verdict.Domains.Contains(domain)) is { } teller) evidence.AddRange(Of(teller, item => item.For == Wire<Domain>.Name(domain)));
        if (severity != lead.Verdict.Severity && telling.Find(report => report.Verdict.Severity >= severity) is { } graver)
            evidence.AddRange(Of(graver, item => item.For == "severity"));
        var told = lead.Verdict.Countries.Select(country => country.Code).ToHashSet();
        foreach (var report in telling.Skip(1))
            foreach (var code in report.Verdict.Countries.Select(country => country.Code).Where(told.Add))
                evidence.AddRange(Of(report, item => item.For == $"country:{code}"));
        return evidence.Count > EvidenceAtMost ? evidence[..EvidenceAtMost] : evidence;

        IEnumerable<Evidence> Of(ToldReport report, Func<Evidence, bool> wanted) =>
            report.Verdict.Evidence.Where(wanted).Select(item => telling.Count > 1 ? item with { ReportId = report.Id } : item);
    }

    /// <summary>The affected and acting countries that are members of an alliance on that day.</summary>
    public static IReadOnlyList<MemberFinding> Members(IReadOnlyList<CountryFinding> countries, DateOnly at) =>
        [.. from country in countries
            where country.Role != CountryRole.Mentioned
            let alliances = Alliances.Of(country.Code, at)
            where alliances.Count > 0
            select new MemberFinding(country.Code, alliances)];

    private static double Mean(List<ToldReport> reports, Func<ToldReport, double> of) => reports.Count == 1 ? of(reports[0]) : Math.Round(reports.Average(of), 4);
}
