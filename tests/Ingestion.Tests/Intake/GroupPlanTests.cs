using Monitoring.Contracts;
using Monitoring.Ingestion.Intake;

namespace Monitoring.Ingestion.Tests.Intake;

public sealed class GroupPlanTests
{
    private static readonly Dictionary<Guid, Head> Nothing = [];

    [Fact]
    public void Contents_A_B_A_are_three_revisions()
    {
        var plan = GroupPlan.Make([Items.Item("x", "A"), Items.Item("x", "B"), Items.Item("x", "A")], Nothing);
        Assert.Equal([new(IntakeOutcome.Accepted, 1), new(IntakeOutcome.Accepted, 2), new(IntakeOutcome.Accepted, 3)], plan.Results);
        Assert.Equal([1, 2, 3], plan.Revisions.Select(revision => revision.Revision));
        Assert.Equal(3, Assert.Single(plan.Newest.Values).Revision);
    }

    [Fact]
    public void Contents_A_A_are_one_revision_and_a_duplicate_of_it()
    {
        var plan = GroupPlan.Make([Items.Item("x", "A"), Items.Item("x", "A")], Nothing);
        Assert.Equal([new(IntakeOutcome.Accepted, 1), new(IntakeOutcome.Duplicate, 1)], plan.Results);
        Assert.Single(plan.Revisions);
    }

    [Fact]
    public void Numbering_goes_on_from_what_is_stored()
    {
        var id = Ids.Report(Items.Feed.Id, "x");
        var plan = GroupPlan.Make([Items.Item("x", "A"), Items.Item("x", "B")], new Dictionary<Guid, Head> { [id] = new(7, Items.Digest("A")) });
        Assert.Equal([new(IntakeOutcome.Duplicate, 7), new(IntakeOutcome.Accepted, 8)], plan.Results);
        Assert.Equal(8, plan.Newest[id].Revision);
    }

    [Fact]
    public void Only_what_tells_something_else_than_is_stored_or_is_gone_meanwhile_changes_anything()
    {
        var (same, other, gone) = (Ids.Report(Items.Feed.Id, "same"), Ids.Report(Items.Feed.Id, "other"), Ids.Report(Items.Feed.Id, "gone"));
        var stored = new Dictionary<Guid, Head> { [same] = new(3, Items.Digest("A")), [other] = new(3, Items.Digest("A")) };
        var changing = GroupPlan.Changing([Items.Item("same", "A"), Items.Item("other", "A"), Items.Item("other", "B"), Items.Item("gone", "A")], [same, other, gone], stored);
        Assert.Equal(new[] { other, gone }.Order(), changing.Order());
    }

    [Fact]
    public void Reports_of_other_names_and_other_feeds_are_their_own()
    {
        var other = Items.Feed with { Id = Guid.NewGuid() };
        var plan = GroupPlan.Make([Items.Item("x", "A"), Items.Item("y", "A"), Items.Item("x", "A", feed: other)], Nothing);
        Assert.All(plan.Results, result => Assert.Equal(new(IntakeOutcome.Accepted, 1), result));
        Assert.Equal(3, plan.Newest.Count);
    }

    [Fact]
    public void A_group_of_nothing_but_duplicates_writes_nothing()
    {
        var plan = GroupPlan.Make([Items.Item("x", "A")], new Dictionary<Guid, Head> { [Ids.Report(Items.Feed.Id, "x")] = new(2, Items.Digest("A")) });
        Assert.Empty(plan.Revisions);
        Assert.Empty(plan.Newest);
    }

    [Fact]
    public void A_report_without_a_marking_bears_its_feeds()
    {
        var strict = Items.Feed with { Marking = new Marking { Tlp = Tlp.Red } };
        var unmarked = Items.Item("x", "A", feed: strict);
        var marked = unmarked with { Report = unmarked.Report with { Marking = new Marking { Tlp = Tlp.Green } } };
        Assert.Equal(Tlp.Red, new NewRevision(unmarked, 1).Received.Report.Marking!.Tlp);
        Assert.Equal(Tlp.Green, new NewRevision(marked, 1).Received.Report.Marking!.Tlp);
        Assert.Null(new NewRevision(Items.Item("x", "A"), 1).Received.Report.Marking);
    }

    [Fact]
    public void A_report_without_a_language_is_in_its_feeds()
    {
        var french = Items.Feed with { Language = "fr" };
        var untold = Items.Item("x", "A", feed: french);
        var told = untold with { Report = untold.Report with { Language = "en" } };
        Assert.Equal("fr", new NewRevision(untold, 1).Received.Report.Language);
        Assert.Equal("en", new NewRevision(told, 1).Received.Report.Language);
    }

    [Fact]
    public void What_others_are_told_bears_the_feeds_reliability_and_family()
    {
        var received = new NewRevision(Items.Item("x", "A", feed: Items.Feed with { Reliability = Reliability.B, Family = "A house" }), 1).Received;
        Assert.Equal(Reliability.B, received.Reliability);
        Assert.Equal("A house", received.Family);
    }
}
