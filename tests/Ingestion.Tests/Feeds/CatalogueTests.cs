using Monitoring.Ingestion.Feeds;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Polling;

namespace Monitoring.Ingestion.Tests.Feeds;

public sealed class CatalogueTests
{
    public static TheoryData<string> Names => [.. Catalogue.All.Select(entry => entry.Name)];

    [Fact]
    public void There_are_many_feeds_each_of_a_name_of_its_own()
    {
        Assert.InRange(Catalogue.All.Count, 20, 200);
        Assert.Distinct(Catalogue.All.Select(entry => entry.Name));
        Assert.Distinct(Catalogue.All.Select(entry => entry.Address));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_entry_is_complete_and_can_be_polled(string name)
    {
        var entry = Catalogue.Named(name)!;
        Assert.Null(PollRules.CheckAddress(entry.Address, PollKind.Http, out var address));
        Assert.Equal("https", address!.Scheme);
        Assert.InRange(entry.Every, new PollingOptions().MinimumEvery, PollingOptions.LongestEvery);
        Assert.Matches("^[a-z0-9-]{1,100}$", entry.Name);
        Assert.Matches("^[a-z]{2}$", entry.Language);
        Assert.All(new[] { entry.About, entry.Licence }, text => Assert.InRange(text.Trim().Length, 10, 300));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_entry_speaks_a_format_that_there_is(string name) => Assert.NotNull(FeedFormats.Named(Catalogue.Named(name)!.Format));
}
