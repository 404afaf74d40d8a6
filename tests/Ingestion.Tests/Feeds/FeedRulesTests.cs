using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Feeds;

namespace Monitoring.Ingestion.Tests.Feeds;

public sealed class FeedRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    public void A_feed_has_a_name_that_can_be_read(string name) => Assert.Equal(["name"], FeedRules.Check(name, marking: null, rateLimit: null).Keys);

    [Fact]
    public void Each_field_that_is_wrong_is_named() => Assert.Equal(
        ["name", "rateLimit", "marking.releasableTo"],
        FeedRules.Check(new string('x', 101), new Marking { ReleasableTo = [""] }, rateLimit: -1).Keys);

    [Fact]
    public void A_feed_may_be_restricted_to_its_originator_and_unlimited() =>
        Assert.Empty(FeedRules.Check("demo", new Marking { Tlp = Tlp.Red, ReleasableTo = [] }, rateLimit: 0));

    [Fact]
    public void A_marking_that_is_absent_or_null_is_none_and_one_that_cannot_be_read_is_told()
    {
        Assert.True(FeedRules.TryReadMarking(default, out var marking));
        Assert.Null(marking);
        Assert.True(FeedRules.TryReadMarking(JsonElement.Parse("null"), out _));
        Assert.True(FeedRules.TryReadMarking(JsonElement.Parse("""{"tlp":"AMBER"}"""), out marking));
        Assert.Equal(Tlp.Amber, marking!.Tlp);
        Assert.False(FeedRules.TryReadMarking(JsonElement.Parse("""{"tlp":"WHITE"}"""), out _));
    }
}
