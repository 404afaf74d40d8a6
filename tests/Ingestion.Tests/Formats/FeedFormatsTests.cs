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
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData("", null)]
    [InlineData(";", null)]
    [InlineData(null, null)]
    public void The_content_type_tells_the_format(string? contentType, string? name) => Assert.Equal(name, FeedFormats.OfContentType(contentType)?.Name);

    [Fact]
    public void Names_and_content_types_are_unique()
    {
        Assert.Equal(FeedFormats.All.Count, FeedFormats.All.Select(format => format.Name).Distinct().Count());
        var types = FeedFormats.All.SelectMany(format => format.ContentTypes).ToList();
        Assert.Equal(types.Count, types.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void A_format_is_found_by_its_name()
    {
        Assert.All(FeedFormats.All, format => Assert.Same(format, FeedFormats.Named(format.Name)));
        Assert.Null(FeedFormats.Named("nonsense"));
    }
}
