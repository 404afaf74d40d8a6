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

    private static Report Plain => new() { ExternalId = "a", Title = "Something" };

    private Incident Make(Report report) => IncidentMaker.Make(
        id, new ReceivedReport { Id = Guid.NewGuid(), Revision = 1, FeedId = Guid.NewGuid(), Feed = "feed", ReceivedAt = Received, Report = report },
        Classification.Judging.Judgement.Judge(report, Built.Model), withdrawn: false, Received.AddSeconds(1));
}
