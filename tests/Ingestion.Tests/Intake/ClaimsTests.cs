using Monitoring.Ingestion.Intake;

namespace Monitoring.Ingestion.Tests.Intake;

public sealed class ClaimsTests
{
    private static readonly Dictionary<ClaimId, Claim> Nothing = [];
    private static readonly IntakeResult First = new(IntakeOutcome.Accepted, 1);
    private static readonly IntakeResult KeyReused = new(IntakeOutcome.KeyReused, 0);

    [Fact]
    public void An_item_that_was_done_is_answered_as_it_was_then()
    {
        var claims = new Claims([Items.Item("x", "A", key: "k")], Stored("k", index: 0, "A", new(IntakeOutcome.Accepted, 1)));
        Assert.Empty(claims.Open);
        Assert.Equal([First], claims.Complete([]));
    }

    [Fact]
    public void Another_content_under_the_key_is_a_reuse() =>
        Assert.Equal([KeyReused], new Claims([Items.Item("x", "B", key: "k")], Stored("k", index: 0, "A", First)).Complete([]));

    [Fact]
    public void An_item_beyond_those_of_a_post_that_was_read_to_its_end_is_a_reuse()
    {
        var claims = new Claims([Items.Item("y", "A", key: "k", index: 1, settled: [1])], Stored("k", index: 0, "A", First));
        Assert.Empty(claims.Open);
        Assert.Equal([KeyReused], claims.Complete([]));
    }

    [Fact]
    public void An_item_beyond_those_of_a_post_that_broke_off_is_done()
    {
        var claims = new Claims([Items.Item("x", "A", key: "k"), Items.Item("y", "A", key: "k", index: 1)], Stored("k", index: 0, "A", First));
        Assert.Equal("y", Assert.Single(claims.Open).Report.ExternalId);
        Assert.Equal([First, new(IntakeOutcome.Accepted, 4)], claims.Complete([new(IntakeOutcome.Accepted, 4)]));
    }

    [Fact]
    public void The_same_post_twice_in_a_group_is_done_once_and_answered_twice()
    {
        var claims = new Claims([Items.Item("x", "A", key: "k"), Items.Item("x", "B"), Items.Item("x", "A", key: "k"), Items.Item("x", "C", key: "k")], Nothing);
        Assert.Equal(["A", "B"], claims.Open.Select(item => item.Report.Title));
        Assert.Equal([First, new(IntakeOutcome.Accepted, 2), First, KeyReused], claims.Complete([First, new(IntakeOutcome.Accepted, 2)]));
    }

    [Fact]
    public void Keys_of_different_feeds_have_nothing_to_do_with_each_other()
    {
        var other = Items.Feed with { Id = Guid.NewGuid() };
        Assert.Single(new Claims([Items.Item("x", "B", key: "k", feed: other)], Stored("k", index: 0, "A", First)).Open);
    }

    [Fact]
    public void Items_without_a_key_are_all_to_be_done()
    {
        var claims = new Claims([Items.Item("x", "A"), Items.Item("x", "A")], Nothing);
        Assert.Equal(2, claims.Open.Count);
        Assert.Equal([First, new(IntakeOutcome.Duplicate, 1)], claims.Complete([First, new(IntakeOutcome.Duplicate, 1)]));
    }

    private static Dictionary<ClaimId, Claim> Stored(string key, int index, string content, IntakeResult result) =>
        new() { [new ClaimId(Items.Feed.Id, key, index)] = new Claim(Items.Digest(content), result) };
}
