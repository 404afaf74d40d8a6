using Monitoring.Classification.Stories;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Stories;

public sealed class LedgerEntryTests
{
    private static readonly Guid Feed = Guid.Parse("11111111-1111-8111-8111-111111111111");

    [Fact]
    public void Of_many_revisions_in_a_group_the_newest_stays()
    {
        var entry = Assert.Single(Fold([Revision("a", 2), Revision("a", 5), Revision("a", 1)]));
        Assert.Equal((Id("a"), Ids.Incident(Id("a")), 5), (entry.ReportId, entry.IncidentId, entry.Revision));
    }

    [Fact]
    public void A_cancellation_of_an_unknown_report_leaves_a_trace_of_revision_zero()
    {
        var entries = Fold([Cancel("c", "a")]);
        var trace = Assert.Single(entries, entry => entry.ReportId == Id("a"));
        Assert.Equal((0, Id("c"), Ids.Incident(Id("a"))), (trace.Revision, trace.CancelledBy, trace.IncidentId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cancellation_and_its_report_in_one_group_meet_in_either_order(bool cancelFirst)
    {
        JudgedReport[] group = cancelFirst ? [Cancel("c", "a"), Revision("a", 1)] : [Revision("a", 1), Cancel("c", "a")];
        var entry = Assert.Single(Fold(group), entry => entry.ReportId == Id("a"));
        Assert.Equal((1, Id("c")), (entry.Revision, entry.CancelledBy));
    }

    [Fact]
    public void A_cancellation_belongs_to_the_incident_of_the_first_report_that_it_cancels()
    {
        var entries = Fold([Cancel("c", "a", "b")]);
        Assert.Equal(Ids.Incident(Id("a")), entries.Single(entry => entry.ReportId == Id("c")).IncidentId);
        Assert.Equal([Id("a"), Id("b")], entries.Where(entry => entry.CancelledBy == Id("c")).Select(entry => entry.ReportId).OrderBy(id => id == Id("b")));
    }

    [Fact]
    public void A_cancelling_revision_of_a_report_withdraws_that_reports_own_incident()
    {
        var entry = Assert.Single(Fold([Cancel("a", "a")]));
        Assert.Equal((Ids.Incident(Id("a")), (Guid?)null), (entry.IncidentId, entry.CancelledBy));
    }

    [Fact]
    public void Each_report_comes_once_however_often_it_is_named()
    {
        var entries = Fold([Cancel("c", "a", "a"), Cancel("d", "a"), Revision("a", 1), Revision("a", 1)]);
        Assert.Equal(entries.Count, entries.DistinctBy(entry => entry.ReportId).Count());
        Assert.Equal(3, entries.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_update_takes_the_place_of_what_it_speaks_of_in_that_incident_in_either_order(bool updateFirst)
    {
        JudgedReport[] group = updateFirst ? [Update("u", "a"), Revision("a", 1)] : [Revision("a", 1), Update("u", "a")];
        var entries = Fold(group);
        Assert.All(entries, entry => Assert.Equal(Ids.Incident(Id("a")), entry.IncidentId));
        Assert.Equal(Id("u"), entries.Single(entry => entry.ReportId == Id("a")).SupersededBy);
        Assert.Null(entries.Single(entry => entry.ReportId == Id("u")).SupersededBy);
    }

    [Fact]
    public void An_update_of_an_update_stays_in_the_first_ones_incident()
    {
        var known = new Dictionary<Guid, Guid> { [Id("u")] = Ids.Incident(Id("a")) };
        var entries = LedgerEntry.Fold([Update("v", "u")], known);
        Assert.All(entries, entry => Assert.Equal(Ids.Incident(Id("a")), entry.IncidentId));
        Assert.All(Fold([Revision("a", 1), Update("u", "a"), Update("v", "u")]), entry => Assert.Equal(Ids.Incident(Id("a")), entry.IncidentId));
    }

    [Fact]
    public void A_new_report_that_names_others_leaves_them_alone() =>
        Assert.Single(Fold([Make(new Report { ExternalId = "n", Title = "told", References = ["a"] }, 1)]));

    [Theory]
    [InlineData(ReportStatus.Exercise)]
    [InlineData(ReportStatus.Test)]
    [InlineData(ReportStatus.System)]
    [InlineData(ReportStatus.Draft)]
    public void What_is_no_word_about_the_world_takes_nothing_back_and_no_place(ReportStatus status)
    {
        foreach (var action in new[] { ReportAction.Update, ReportAction.Cancel })
        {
            var entry = Assert.Single(Fold([Make(new Report { ExternalId = "x", Title = "only a drill", Action = action, Status = status, References = ["a"] }, 1)]));
            Assert.Equal((Id("x"), Ids.Incident(Id("x"))), (entry.ReportId, entry.IncidentId));
        }
    }

    private static IReadOnlyList<LedgerEntry> Fold(IReadOnlyList<JudgedReport> reports) => LedgerEntry.Fold(reports, new Dictionary<Guid, Guid>());

    private static JudgedReport Update(string externalId, params string[] references) =>
        Make(new Report { ExternalId = externalId, Title = "told anew", Action = ReportAction.Update, References = references }, 1);

    private static Guid Id(string externalId) => Ids.Report(Feed, externalId);

    private static JudgedReport Cancel(string externalId, params string[] references) =>
        Make(new Report { ExternalId = externalId, Title = "taken back", Action = ReportAction.Cancel, References = references }, 1);

    private static JudgedReport Revision(string externalId, int revision) => Make(new Report { ExternalId = externalId, Title = "told" }, revision);

    private static JudgedReport Make(Report report, int revision) => new(
        new ReceivedReport { Id = Id(report.ExternalId), Revision = revision, FeedId = Feed, Feed = "feed", ReceivedAt = DateTimeOffset.UnixEpoch, Report = report },
        Task.FromResult(Built.Judge(report.Title)));
}
