using Monitoring.Classification.Stories;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Stories;

public sealed class IncidentMakerTests
{
    private static readonly DateTimeOffset Received = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private readonly Guid id = Guid.NewGuid();

    [Fact]
    public void An_incident_says_what_its_report_says()
    {
        var incident = Make(new Report { ExternalId = "a", Title = "Ransomware halts port", Text = "Ships wait off Tallinn.", Status = ReportStatus.Exercise, Marking = new Marking { Tlp = Tlp.Amber, ReleasableTo = ["NATO"] } });
        Assert.Equal((id, "Ransomware halts port", "Ships wait off Tallinn.", ReportStatus.Exercise), (incident.Id, incident.Title, incident.Summary, incident.Status));
        Assert.Equal(Tlp.Amber, incident.Marking.Tlp);
        Assert.Equal(IncidentState.Open, incident.State);
        Assert.Equal([Domain.Cyber], incident.Domains);
    }

    [Fact]
    public void Members_are_the_alliances_of_what_was_affected_on_the_day_of_the_event()
    {
        Report Attack(int year) => new() { ExternalId = "a", Title = "Cyberattack in Sweden", OccurredAt = new(year, 6, 1, 0, 0, 0, TimeSpan.Zero) };
        Assert.Equal("NATO", Assert.Single(Make(Attack(2025)).Members).Alliances.First(name => name == "NATO"));
        Assert.DoesNotContain("NATO", Assert.Single(Make(Attack(2023)).Members).Alliances);
    }

    [Fact]
    public void A_country_that_is_only_mentioned_brings_no_members() =>
        Assert.DoesNotContain(Make(new Report { ExternalId = "a", Title = "Outage in Kenya", Text = "The vendor, a German company, had no comment." }).Members, member => member.Country == "DE");

    [Fact]
    public void Without_a_marking_it_is_clear_and_unrestricted() => Assert.Equal((Tlp.Clear, null), (Make(Plain).Marking.Tlp, Make(Plain).Marking.ReleasableTo));

    [Fact]
    public void It_was_first_reported_when_it_was_published_but_never_after_it_was_received()
    {
        Assert.Equal(Received.AddHours(-2), Make(Plain with { PublishedAt = Received.AddHours(-2) }).FirstReportedAt);
        Assert.Equal(Received, Make(Plain with { PublishedAt = Received.AddHours(2) }).FirstReportedAt);
        Assert.Equal(Received, Make(Plain).FirstReportedAt);
    }

    [Fact]
    public void A_report_without_a_title_is_titled_by_its_text() => Assert.Equal("Ships wait.", Make(new Report { ExternalId = "a", Text = " Ships \n wait. " }).Title);

    [Fact]
    public void Places_are_the_feeds_or_else_those_of_the_text()
    {
        var named = new Place { Name = "Riga", Country = "LV" };
        Assert.Contains(Make(new Report { ExternalId = "a", Title = "Explosion in Gdansk" }).Places, place => place.Country == "PL");
        Assert.Equal([named], Make(new Report { ExternalId = "a", Title = "Explosion in Gdansk", Places = [named] }).Places);
    }

    [Fact]
    public void A_kept_report_is_judged_again_as_it_was_judged_first()
    {
        foreach (var report in new Report[]
        {
            new() { ExternalId = "a", Title = "Moscow accuses Kyiv of shelling Belgorod, says talks in Geneva are off" },
            new() { ExternalId = "Ransomware halts port of Tallinn" },
        })
        {
            var verdict = Classification.Judging.Judgement.Judge(report, Built.Model);
            var again = Classification.Judging.Judgement.Judge(ToldReport.Of(Arrived(report), verdict).ToReport(), Built.Model);
            Assert.Equal((verdict.Severity, string.Join(',', verdict.Domains), string.Join(',', verdict.Countries)), (again.Severity, string.Join(',', again.Domains), string.Join(',', again.Countries)));
        }
    }

    [Fact]
    public void Long_texts_are_shortened_and_never_within_a_character()
    {
        var incident = Make(new Report { ExternalId = "a", Title = string.Concat(Enumerable.Repeat("🌊", 500)), Text = new string('x', 10_000) });
        Assert.InRange(incident.Title.Length, 1, 200);
        Assert.InRange(incident.Summary.Length, 1, 600);
        Assert.DoesNotContain(incident.Title.EnumerateRunes(), rune => rune == System.Text.Rune.ReplacementChar);
    }

    [Fact]
    public void Times_are_utc_whatever_the_feed_wrote()
    {
        var incident = Make(Plain with { PublishedAt = new(2026, 11, 22, 8, 0, 0, TimeSpan.FromHours(2)), ExpiresAt = new(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(2)) });
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (incident.FirstReportedAt.Offset, incident.ExpiresAt!.Value.Offset));
    }

    [Fact]
    public void The_latest_report_of_the_most_reliable_feed_leads()
    {
        var incident = Make([Told("rumour", Reliability.E, 30), Told("first", Reliability.B, 0), Told("then", Reliability.B, 10)]);
        Assert.Equal(("then", 3), (incident.Title, incident.ReportCount));
        Assert.Equal(Received, incident.FirstReportedAt);
    }

    [Fact]
    public void Severity_rises_above_the_leads_where_two_publishers_say_so_and_not_for_one()
    {
        var (lead, grave) = (Told("lead", Reliability.A, 0, severity: Severity.Low), Told("grave", Reliability.C, 1, severity: Severity.Critical));
        Assert.Equal(Severity.Low, Make([lead, grave]).Severity);
        Assert.Equal(Severity.Low, Make([lead, grave, Told("same house", Reliability.C, 2, family: "grave", severity: Severity.Critical)]).Severity);
        Assert.Equal(Severity.High, Make([lead, grave, Told("high", Reliability.C, 2, severity: Severity.High)]).Severity);
    }

    [Fact]
    public void Domains_are_what_half_of_those_publishers_see_that_see_any()
    {
        var (cyber, both, none) = (Told("cyber", domains: [Domain.Cyber]), Told("both", domains: [Domain.Cyber, Domain.Economic]), Told("none", domains: []));
        Assert.Equal([Domain.Cyber, Domain.Economic], Make([cyber, both]).Domains);
        Assert.Equal([Domain.Cyber], Make([cyber, both, Told("third", domains: [Domain.Cyber])]).Domains);
        Assert.Equal([Domain.Cyber], Make([cyber, none, Told("neither", domains: [])]).Domains);
    }

    [Fact]
    public void Countries_are_all_that_are_named_each_in_its_strongest_role()
    {
        var one = Told("one", countries: [new("EE", CountryRole.Mentioned), new("RU", CountryRole.Actor)]);
        var other = Told("other", countries: [new("EE", CountryRole.Affected)]);
        Assert.Equal([new("EE", CountryRole.Affected), new("RU", CountryRole.Actor)], Make([one, other]).Countries);
    }

    [Fact]
    public void What_was_taken_back_tells_nothing_more_but_its_marking_binds_and_it_was_first()
    {
        var back = Told("back", told: -10) with { Marking = new Marking { Tlp = Tlp.Red } };
        var incident = IncidentMaker.Make(id, [Told("stands")], [back], Received);
        Assert.Equal(("stands", Tlp.Red, Received.AddMinutes(-10), IncidentState.Open), (incident.Title, incident.Marking.Tlp, incident.FirstReportedAt, incident.State));
        Assert.Equal(("back", IncidentState.Withdrawn), (IncidentMaker.Make(id, [], [back], Received).Title, IncidentMaker.Make(id, [], [back], Received).State));
    }

    [Fact]
    public void It_ends_with_the_last_of_its_reports_unless_one_has_no_end()
    {
        var (short_, long_) = (Told("a") with { ExpiresAt = Received.AddHours(1) }, Told("b") with { ExpiresAt = Received.AddHours(2) });
        Assert.Equal(Received.AddHours(2), Make([short_, long_]).ExpiresAt);
        Assert.Null(Make([short_, long_, Told("c")]).ExpiresAt);
    }

    [Fact]
    public void Evidence_is_the_leads_and_for_what_it_does_not_see_that_of_the_report_that_does()
    {
        var (lead, other) = (Told("lead", Reliability.A, domains: [Domain.Cyber]), Told("other", domains: [Domain.Military, Domain.Cyber]));
        Assert.Equal([("cyber", lead.Id), ("military", other.Id)], Make([lead, other]).Evidence!.Select(item => (item.For, item.ReportId!.Value)));
    }

    private static Report Plain => new() { ExternalId = "a", Title = "Something" };

    private Incident Make(Report report) => Make([ToldReport.Of(Arrived(report), Classification.Judging.Judgement.Judge(report, Built.Model))]);

    private static ReceivedReport Arrived(Report report) =>
        new() { Id = Guid.NewGuid(), Revision = 1, FeedId = Guid.NewGuid(), Feed = "feed", ReceivedAt = Received, Report = report };

    private Incident Make(IReadOnlyList<ToldReport> standing) => IncidentMaker.Make(id, standing, [], Received.AddHours(1));

    /// <summary>A report of a publisher of its own, unless it names a house.</summary>
    private static ToldReport Told(
        string title, Reliability reliability = Reliability.F, int told = 0, string? family = null, Severity severity = Severity.Medium,
        IReadOnlyList<Domain>? domains = null, IReadOnlyList<CountryFinding>? countries = null) => new()
        {
            Id = Guid.NewGuid(), Title = title, Text = title, FeedId = Guid.NewGuid(), Reliability = reliability, Family = family ?? title, Status = ReportStatus.Actual,
            Marking = new Marking(), ReceivedAt = Received.AddMinutes(told), Places = [],
            Verdict = new Verdict
            {
                Domains = domains ?? [Domain.Cyber], Probabilities = Enum.GetValues<Domain>().ToDictionary(domain => domain, _ => 0.5), Severity = severity, Confidence = 0.9,
                Countries = countries ?? [], Actors = [], Model = "test",
                Evidence = [.. (domains ?? [Domain.Cyber]).Select(domain => new Evidence { For = Wire<Domain>.Name(domain), Field = "title", Start = 0, Length = 1, Text = title[..1], Weight = 1 })],
            },
        };
}
