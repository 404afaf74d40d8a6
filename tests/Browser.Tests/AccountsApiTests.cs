using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Browser.Tests;

[Collection(FloorTests.Name)]
public sealed class AccountsApiTests(Floor floor)
{
    [Fact]
    public async Task A_name_is_given_once()
    {
        var body = new { user = "twice", password = Floor.Password, role = "viewer" };
        await floor.Stack.Api.PostAsync(floor.Dashboard, "/v1/users", body);

        using var again = await floor.Stack.Api.SendAsync(HttpMethod.Post, floor.Dashboard, "/v1/users", body with { user = "TWICE" });

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task A_weak_password_is_refused_by_its_field()
    {
        using var answer = await floor.Stack.Api.SendAsync(HttpMethod.Post, floor.Dashboard, "/v1/users", new { user = "weak", password = "short", role = "viewer" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("\"password\"", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_token_does_what_its_scopes_say_until_it_is_revoked()
    {
        var issued = await floor.Stack.Api.PostAsync(floor.Dashboard, "/v1/tokens", new { subject = "a program", scopes = new[] { "alerts:read" }, days = 1 });
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", issued.GetProperty("token").GetString()) } };
        var alerts = new Uri(floor.Stack.Alerting[0].Address, "/v1/alerts");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(alerts)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.PostAsJsonAsync(new Uri(floor.Dashboard.Address, "/v1/users"), new { user = "x" })).StatusCode);

        using var revoked = await floor.Stack.Api.SendAsync(HttpMethod.Delete, floor.Dashboard, $"/v1/tokens/{issued.GetProperty("id").GetString()}");

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await Eventually.EqualsAsync("the answer to a revoked token", TimeSpan.FromSeconds(20), HttpStatusCode.Unauthorized, async () => (await http.GetAsync(alerts)).StatusCode);
    }

    [Fact]
    public async Task An_administrator_s_cookie_alone_does_not_make_accounts_for_another_site()
    {
        await using var desk = await Desk.SignedInAsync(floor, Floor.Administrator);
        var body = new { user = "made-by-cookie", password = Floor.Password, role = "viewer" };

        var forged = await desk.Browser.APIRequest.PostAsync("/v1/users", new() { DataObject = body });
        var token = await desk.Page.Locator(".session [name=__RequestVerificationToken]").InputValueAsync();
        var meant = await desk.Browser.APIRequest.PostAsync("/v1/users", new() { DataObject = body, Headers = new Dictionary<string, string> { ["RequestVerificationToken"] = token } });

        Assert.Equal(400, forged.Status);
        Assert.Equal(201, meant.Status);
    }

    [Fact]
    public async Task An_operator_makes_no_accounts()
    {
        await using var desk = await Desk.SignedInAsync(floor, Floor.Operator);

        Assert.Equal(403, (await desk.Browser.APIRequest.PostAsync("/v1/users", new() { DataObject = new { user = "mine", password = Floor.Password, role = "administrator" } })).Status);
    }
}
