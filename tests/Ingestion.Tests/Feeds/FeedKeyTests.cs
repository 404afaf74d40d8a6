using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Monitoring.Ingestion.Feeds;

namespace Monitoring.Ingestion.Tests.Feeds;

public sealed class FeedKeyTests
{
    [Fact]
    public void A_key_is_256_random_bits_after_its_prefix()
    {
        var key = FeedKey.Create();
        Assert.StartsWith("mfk_", key, StringComparison.Ordinal);
        Assert.Equal(32, Base64Url.DecodeFromChars(key.AsSpan(4)).Length);
        Assert.NotEqual(key, FeedKey.Create());
    }

    [Fact]
    public void It_comes_as_a_bearer_token_or_in_a_header_of_its_own()
    {
        Assert.Equal("mfk_a", FeedKey.Of(Request(authorization: "Bearer mfk_a")));
        Assert.Equal("mfk_a", FeedKey.Of(Request(authorization: "bearer  mfk_a ")));
        Assert.Equal("mfk_a", FeedKey.Of(Request(header: "mfk_a")));
    }

    [Fact]
    public void Anything_else_is_no_key()
    {
        Assert.Null(FeedKey.Of(Request()));
        Assert.Null(FeedKey.Of(Request(authorization: "Bearer eyJhbGciOi")));
        Assert.Null(FeedKey.Of(Request(authorization: "Basic mfk_a")));
        Assert.Null(FeedKey.Of(Request(header: "mfk_" + new string('a', 200))));
    }

    private static HttpRequest Request(string? authorization = null, string? header = null)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = authorization;
        request.Headers["X-Feed-Key"] = header;
        return request;
    }
}
