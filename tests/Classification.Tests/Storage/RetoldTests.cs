using Monitoring.Classification.Corrections;
using Monitoring.Classification.Storage;
using Monitoring.Classification.Stories;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Storage;

public sealed class RetoldTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private readonly Guid id = Guid.NewGuid();

    [Fact]
    public void Of_reports_that_are_not_read_the_marking_and_the_beginning_stay_also_of_what_was_merged()
    {
        var read = Enumerable.Range(0, ReportStatements.TellingAtMost).Select(_ => Kept(stands: true, Told())).ToList();
        var incident = Retold.Of(id, read, [Before(Tlp.Amber, hours: -1), Before(Tlp.Red, hours: -3)], Since).Incident!;
        Assert.Equal((Tlp.Red, Since.AddHours(-3)), (incident.Marking.Tlp, incident.FirstReportedAt));
    }

    [Fact]
    public void Where_all_reports_are_read_they_alone_tell_what_the_incident_is()
    {
        var incident = Retold.Of(id, [Kept(stands: true, Told()), Kept(stands: false, told: null, onlyCancels: true)], [Before(Tlp.Amber, hours: -1)], Since).Incident!;
        Assert.Equal((Tlp.Clear, Since), (incident.Marking.Tlp, incident.FirstReportedAt));
    }

    [Fact]
    public void An_incident_whose_old_report_stands_is_not_withdrawn_when_a_new_one_is_taken_back() =>
        Assert.Equal(new(null, HasReports: true, Stands: true), Retold.Of(id, [Kept(stands: true, told: null), Kept(stands: false, Told())], [Before(Tlp.Clear, hours: 0)], Since));

    [Fact]
    public void What_took_the_place_of_an_old_report_keeps_its_marking()
    {
        var incident = Retold.Of(id, [Kept(stands: false, told: null), Kept(stands: true, Told())], [Before(Tlp.Amber, hours: -1)], Since).Incident!;
        Assert.Equal((IncidentState.Open, Tlp.Amber), (incident.State, incident.Marking.Tlp));
    }

    [Fact]
    public void What_was_told_and_all_taken_back_is_withdrawn() =>
        Assert.Equal(IncidentState.Withdrawn, Retold.Of(id, [Kept(stands: false, Told())], [Before(Tlp.Clear, hours: 0)], Since).Incident!.State);

    private KeptReport Kept(bool stands, ToldReport? told, bool onlyCancels = false) => new(id, stands, onlyCancels, told);

    private LockedIncident Before(Tlp tlp, int hours) =>
        new(Guid.NewGuid(), IncidentState.Open, null, Since, Since.AddHours(hours), new Marking { Tlp = tlp }, ReportStatements.TellingAtMost, Pinned: false, Version: 3, AnalystsWord.None);

    private static ToldReport Told() => new()
    {
        Id = Guid.NewGuid(), Title = "Told", Text = "", FeedId = Guid.NewGuid(), Family = "house", Status = ReportStatus.Actual, Marking = new Marking(), ReceivedAt = Since, Places = [],
        Verdict = Built.Judge("Told"),
    };
}
