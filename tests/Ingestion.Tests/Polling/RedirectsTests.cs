using Monitoring.Ingestion.Polling;

namespace Monitoring.Ingestion.Tests.Polling;

public sealed class RedirectsTests
{
    [Theory]
    [InlineData("https://a.example/feed", "/other", "https://a.example/other")]
    [InlineData("https://a.example/x/feed", "other?q=1", "https://a.example/x/other?q=1")]
    [InlineData("https://a.example/feed", "https://b.example/feed", "https://b.example/feed")]
    [InlineData("http://a.example/feed", "https://a.example/feed", "https://a.example/feed")]
    [InlineData("http://a.example/feed", "http://b.example/feed", "http://b.example/feed")]
    public void A_redirect_is_followed_where_it_leads(string from, string location, string target) =>
        Assert.Equal(new Uri(target), Redirects.Follow(new Uri(from), new Uri(location, UriKind.RelativeOrAbsolute), out _));

    [Theory]
    [InlineData("https://a.example/feed", "http://a.example/feed", "from https to http")]
    [InlineData("https://a.example/feed", "file:///etc/passwd", "no http or https address")]
    [InlineData("https://a.example/feed", "ftp://a.example/feed", "no http or https address")]
    [InlineData("https://a.example/feed", "https://me:secret@a.example/feed", "user and password")]
    [InlineData("https://a.example/feed", null, "without an address")]
    public void A_redirect_that_leads_astray_is_refused_and_told_why(string from, string? location, string reason)
    {
        Assert.Null(Redirects.Follow(new Uri(from), location is null ? null : new Uri(location, UriKind.RelativeOrAbsolute), out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://a.example/one", "https://a.example/two?q", true)]
    [InlineData("https://a.example/", "https://A.example:443/", true)]
    [InlineData("https://a.example/", "http://a.example/", false)]
    [InlineData("https://a.example/", "https://a.example:8443/", false)]
    [InlineData("https://a.example/", "https://b.a.example/", false)]
    public void Credentials_stay_with_their_origin(string one, string other, bool isSame) => Assert.Equal(isSame, Redirects.IsSameOrigin(new Uri(one), new Uri(other)));
}
