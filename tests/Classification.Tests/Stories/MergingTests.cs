using Monitoring.Classification.Stories;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Stories;

public sealed class MergingTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private readonly Mergeable first = new(Guid.NewGuid(), IncidentState.Open, Since, Pinned: false);
    private readonly Mergeable second = new(Guid.NewGuid(), IncidentState.Open, Since.AddMinutes(1), Pinned: false);
    private readonly Mergeable unmade = new(Guid.NewGuid(), IncidentState.Open, null, Pinned: false);

    [Fact]
    public void All_that_are_linked_live_on_in_the_first_of_them()
    {
        var heirs = Merging.Heirs([second, unmade, first], [(unmade.Id, second.Id), (second.Id, first.Id)]);
        Assert.Equal((2, first.Id, first.Id), (heirs.Count, heirs[second.Id], heirs[unmade.Id]));
    }

    [Fact]
    public void One_that_is_open_lives_on_before_one_that_was_withdrawn() =>
        Assert.Equal(second.Id, Merging.Heirs([first with { State = IncidentState.Withdrawn }, second], [(first.Id, second.Id)])[first.Id]);

    [Fact]
    public void Where_an_analyst_placed_reports_others_join_and_two_such_stay_apart()
    {
        var pinned = second with { Pinned = true };
        Assert.Equal(pinned.Id, Merging.Heirs([first, pinned], [(first.Id, pinned.Id)])[first.Id]);
        Assert.Empty(Merging.Heirs([first with { Pinned = true }, pinned, unmade], [(first.Id, pinned.Id), (unmade.Id, first.Id)]));
    }

    [Fact]
    public void What_an_analyst_corrected_stays_apart_from_what_he_did_not_and_takes_in_what_is_new()
    {
        var corrected = second with { Corrected = true };
        Assert.Empty(Merging.Heirs([first, corrected, unmade], [(first.Id, corrected.Id), (unmade.Id, first.Id)]));
        Assert.Equal(corrected.Id, Merging.Heirs([corrected, unmade], [(unmade.Id, corrected.Id)])[unmade.Id]);
        var merged = first with { State = IncidentState.Merged, Corrected = true };
        Assert.Equal(corrected.Id, Merging.Heirs([merged, corrected], [(merged.Id, corrected.Id)])[merged.Id]);
    }

    [Fact]
    public void Those_without_a_link_are_left_alone() => Assert.Empty(Merging.Heirs([first, second], []));
}
