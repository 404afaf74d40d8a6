using Monitoring.Classification.Stories;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Stories;

public sealed class CredibilityTests
{
    [Theory]
    [InlineData("B B", 1)]
    [InlineData("A F F", 1)]
    [InlineData("C C", 2)]
    [InlineData("F F F F F F", 2)]
    [InlineData("A", 2)]
    [InlineData("A E", 2)]
    [InlineData("B", 3)]
    [InlineData("F F", 3)]
    [InlineData("D", 4)]
    [InlineData("E E", 5)]
    [InlineData("F", 6)]
    [InlineData("", 6)]
    public void Independent_publishers_confirm_each_other_by_their_reliability(string sources, int credibility) =>
        Assert.Equal(credibility, Credibility.Of(sources.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((name, number) => ($"house {number}", Wire<Reliability>.Parse(name)))));

    [Fact]
    public void Feeds_of_one_house_are_one_source() => Assert.Equal(3, Credibility.Of([("house", Reliability.B), ("house", Reliability.B), ("house", Reliability.C)]));
}
