using System.Text;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class FeedFormatsTests
{
    [Theory]
    [InlineData("application/json", "json")]
    [InlineData("application/json; charset=utf-8", "json")]
    [InlineData("Application/JSON;charset=\"UTF-8\"", "json")]
    [InlineData("application/x-ndjson", "ndjson")]
    [InlineData("application/jsonl", "ndjson")]
    [InlineData("application/json; charset=iso-8859-1", null)]
    [InlineData("application/pdf", null)]
    [InlineData("", null)]
    [InlineData(";", null)]
    [InlineData(null, null)]
    public async Task The_content_type_tells_the_format(string? contentType, string? name) => Assert.Equal(name, await NameOf("{}", contentType));

    [Fact]
    public async Task The_name_that_is_given_comes_before_the_feeds_own_and_that_before_the_content_type()
    {
        Assert.Equal("ndjson", await NameOf("{}", "application/json", name: "ndjson", feedFormat: "json"));
        Assert.Equal("ndjson", await NameOf("{}", "application/json", feedFormat: "ndjson"));
        Assert.Null(await NameOf("{}", "application/json", name: "nonsense"));
    }

    [Fact]
    public void Names_are_unique() => Assert.Equal(FeedFormats.All.Count, FeedFormats.All.Select(format => format.Name).Distinct().Count());

    [Fact]
    public async Task Every_example_is_accepted_whole_and_recognised_by_its_content()
    {
        foreach (var format in FeedFormats.All)
        {
            var items = await Reading.ItemsOf(format, Encoding.UTF8.GetBytes(format.Example));
            Assert.NotEmpty(items);
            Assert.All(items, item => Assert.True(item.Report is not null, $"{format.Name}: {string.Join("; ", item.Problems)}"));
            if (format is NativeFormat) continue;
            Assert.Equal(format.Name, await NameOf(format.Example, contentType: null));
        }
    }

    [Fact]
    public void A_format_is_found_by_its_name()
    {
        Assert.All(FeedFormats.All, format => Assert.Same(format, FeedFormats.Named(format.Name)));
        Assert.Null(FeedFormats.Named("nonsense"));
    }

    private static async Task<string?> NameOf(string body, string? contentType, string? name = null, string? feedFormat = null)
    {
        var feedBody = FeedBody.Of(Encoding.UTF8.GetBytes(body)) with { ContentType = contentType };
        return (await FeedFormats.ChooseAsync(feedBody, name, feedFormat, TestContext.Current.CancellationToken))?.Name;
    }
}
