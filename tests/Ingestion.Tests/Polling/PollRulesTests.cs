using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Monitoring.Ingestion.Polling;

namespace Monitoring.Ingestion.Tests.Polling;

public sealed class PollRulesTests
{
    private static readonly TimeSpan Minimum = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_poll_is_on_and_of_a_document_unless_it_says_otherwise()
    {
        var settings = PollRules.Check(new("https://a.example/feed", "00:05:00", null, null, default), Minimum, out _)!;
        Assert.Equal((new Uri("https://a.example/feed"), PollKind.Http, TimeSpan.FromMinutes(5), true), (settings.Address, settings.Kind, settings.Every, settings.IsEnabled));
        Assert.False(settings.ChangesCredentials);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/feed")]
    [InlineData("ftp://a.example/feed")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://me:secret@a.example/feed")]
    [InlineData("https://a.example/a feed")]
    [InlineData("https://a.example/\r\nfeed")]
    public void An_address_that_is_none_is_told(string? address) => Assert.Equal(["address"], Errors(new(address, "00:05:00", null, null, default)).Keys);

    [Theory]
    [InlineData(null)]
    [InlineData("five minutes")]
    [InlineData("300")]
    [InlineData("00:00:09")]
    [InlineData("-00:05:00")]
    [InlineData("7.00:00:01")]
    public void A_time_that_is_none_or_out_of_bounds_is_told(string? every) => Assert.Equal(["every"], Errors(new("https://a.example/", every, null, null, default)).Keys);

    [Theory]
    [InlineData("https://a.example/api/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/", true)]
    [InlineData("https://a.example/collections/x/", true)]
    [InlineData("https://a.example/api/collections/x", false)]
    [InlineData("https://a.example/api/collections/", false)]
    [InlineData("https://a.example/api/", false)]
    [InlineData("https://a.example/api/collections/x/?limit=1", false)]
    public void A_TAXII_poll_names_a_collection(string address, bool isOne) =>
        Assert.Equal(isOne, PollRules.Check(new(address, "00:05:00", null, PollKind.Taxii, default), Minimum, out _) is not null);

    [Theory]
    [InlineData("""{"kind":"header","name":"X-Key","value":"s3cret"}""", CredentialKind.Header, "X-Key", "s3cret")]
    [InlineData("""{"kind":"basic","user":"me","password":"pass word"}""", CredentialKind.Basic, "me", "pass word")]
    [InlineData("""{"kind":"bearer","token":"t0ken"}""", CredentialKind.Bearer, null, "t0ken")]
    public void Secrets_come_in_three_kinds(string auth, object kind, string? name, string secret)
    {
        var settings = PollRules.Check(new("https://a.example/", "00:05:00", null, null, Json(auth)), Minimum, out _)!;
        Assert.Equal(new PollCredentials((CredentialKind)kind, name, secret), settings.Credentials);
    }

    [Theory]
    [InlineData("""{"kind":"digest"}""", "auth.kind")]
    [InlineData("""{}""", "auth.kind")]
    [InlineData("""{"kind":"header","name":"Host","value":"x"}""", "auth.name")]
    [InlineData("""{"kind":"header","name":"X Key","value":"x"}""", "auth.name")]
    [InlineData("""{"kind":"header","name":"X-Key","value":"a\r\nb"}""", "auth.value")]
    [InlineData("""{"kind":"basic","user":"a:b","password":"x"}""", "auth.user")]
    [InlineData("""{"kind":"basic","user":"a"}""", "auth.password")]
    [InlineData("""{"kind":"bearer"}""", "auth.token")]
    [InlineData("""{"kind":"bearer","tokn":"x"}""", "auth")]
    [InlineData("""["bearer"]""", "auth")]
    public void Secrets_that_are_none_are_told_by_their_field(string auth, string field) =>
        Assert.Equal([field], Errors(new("https://a.example/", "00:05:00", null, null, Json(auth))).Keys);

    [Fact]
    public void Null_takes_the_secrets_away()
    {
        var settings = PollRules.Check(new("https://a.example/", "00:05:00", null, null, Json("null")), Minimum, out _)!;
        Assert.True(settings.ChangesCredentials);
        Assert.Null(settings.Credentials);
    }

    [Fact]
    public void A_secret_is_opened_for_its_own_feed_alone_and_shows_nowhere()
    {
        var secrets = new PollSecrets(new EphemeralDataProtectionProvider());
        var (feed, credentials) = (Guid.NewGuid(), new PollCredentials(CredentialKind.Bearer, null, "t0ken"));
        var kept = secrets.Protect(feed, credentials);
        Assert.Equal(credentials, secrets.Open(feed, kept));
        Assert.Throws<CryptographicException>(() => secrets.Open(Guid.NewGuid(), kept));
        Assert.DoesNotContain("t0ken", Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", credentials.ToString(), StringComparison.Ordinal);
    }

    private static Dictionary<string, string[]> Errors(PollBody body)
    {
        Assert.Null(PollRules.Check(body, Minimum, out var errors));
        return errors;
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
