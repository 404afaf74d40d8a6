using System.Security.Claims;
using Microsoft.Extensions.Configuration;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.ServiceDefaults.Tests;

public sealed class ApiTokensTests
{
    private static readonly string KeyA = Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray());
    private static readonly string KeyB = Convert.ToBase64String(Enumerable.Repeat((byte)2, 32).ToArray());
    private readonly ManualTime time = new();

    [Fact]
    public async Task A_token_tells_its_subject_and_its_scopes()
    {
        var user = new ClaimsPrincipal((await Tokens(KeyA).ValidateAsync(Issue(Tokens(KeyA))))!);
        Assert.Equal("analyst", user.ActorName());
        Assert.True(ApiTokens.HasScope(user, Scopes.AlertsRead));
        Assert.False(ApiTokens.HasScope(user, Scopes.AlertsAct));
    }

    [Fact]
    public async Task A_service_that_acts_for_an_operator_is_recorded_under_the_operators_name()
    {
        var token = Tokens(KeyA).Issue(new() { Subject = "dashboard", Scopes = Scopes.All, Lifetime = TimeSpan.FromMinutes(1), Operator = "jane", Roles = ["operator"] });
        var user = new ClaimsPrincipal((await Tokens(KeyA).ValidateAsync(token.Token))!);
        Assert.Equal("jane", user.ActorName());
        Assert.True(user.IsInRole("operator"));
    }

    [Fact]
    public async Task A_token_of_another_key_is_refused_unless_it_is_the_previous_one()
    {
        var token = Issue(Tokens(KeyA));
        Assert.Null(await Tokens(KeyB).ValidateAsync(token));
        Assert.NotNull(await Tokens(KeyB, previous: KeyA).ValidateAsync(token));
    }

    [Fact]
    public async Task A_token_ends_at_its_time()
    {
        var tokens = Tokens(KeyA);
        var token = Issue(tokens);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await tokens.ValidateAsync(token));
    }

    [Fact]
    public async Task A_token_without_a_signature_is_refused()
    {
        var parts = Issue(Tokens(KeyA)).Split('.');
        Assert.Null(await Tokens(KeyA).ValidateAsync($"eyJhbGciOiJub25lIn0.{parts[1]}."));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2hvcnQ=")]
    [InlineData("not base64 at all, though long enough to be a key")]
    public void A_missing_or_weak_key_stops_the_start_with_a_sentence_that_names_it(string key) =>
        Assert.Contains("Tokens:SigningKey", Assert.Throws<InvalidOperationException>(() => Tokens(key)).Message);

    private static string Issue(ApiTokens tokens) =>
        tokens.Issue(new() { Subject = "analyst", Scopes = [Scopes.AlertsRead], Lifetime = TimeSpan.FromHours(1) }).Token;

    private ApiTokens Tokens(string key, string? previous = null) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Tokens:SigningKey"] = key, ["Tokens:PreviousSigningKey"] = previous }).Build(), time);

    private sealed class ManualTime : TimeProvider
    {
        private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => now;

        public void Advance(TimeSpan by) => now += by;
    }
}
