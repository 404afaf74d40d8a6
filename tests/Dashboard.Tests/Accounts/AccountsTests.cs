using Monitoring.Dashboard.Accounts;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Dashboard.Tests.Accounts;

public class AccountsTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/alerts/1?x=2", "/alerts/1?x=2")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: b", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void Signing_in_leads_nowhere_but_to_this_site(string? asked, string expected) => Assert.Equal(expected, SignInApi.SafeReturn(asked));

    [Fact]
    public void A_viewer_s_calls_cannot_act_whatever_the_page_would_ask_for()
    {
        Assert.DoesNotContain(Scopes.AlertsAct, new Visitor("v", Role.Viewer).Acting.Scopes);
        Assert.Contains(Scopes.AlertsAct, new Visitor("o", Role.Operator).Acting.Scopes);
        Assert.DoesNotContain(Scopes.ConfigurationManage, new Visitor("o", Role.Operator).Acting.Scopes);
        Assert.Equal(Scopes.All, new Visitor("a", Role.Administrator).Acting.Scopes);
    }

    [Fact]
    public void A_token_command_is_read_in_any_order()
    {
        var command = IssueTokenCommand.Parse(["issue-token", "--days", "365", "--scopes", "alerts:read,alerts:act", "--subject", "deploy"]);

        Assert.NotNull(command);
        Assert.Equal("deploy", command.Subject);
        Assert.Equal([Scopes.AlertsRead, Scopes.AlertsAct], command.Scopes);
        Assert.Equal(365, command.Days);
    }

    [Theory]
    [InlineData("issue-token")]
    [InlineData("issue-token --subject a --scopes all --days 0")]
    [InlineData("issue-token --subject a --scopes everything --days 1")]
    [InlineData("issue-token --subject a --subject b --days 1")]
    [InlineData("issue-token --subject a --scopes all --days 1 --more")]
    public void A_token_command_that_is_none_issues_nothing(string line) => Assert.Null(IssueTokenCommand.Parse(line.Split(' ')));

    [Fact]
    public void All_stands_for_every_scope_and_an_unknown_one_for_none()
    {
        Assert.Equal(Scopes.All, TokensApi.Known(["all"]));
        Assert.Equal([Scopes.AlertsRead], TokensApi.Known([Scopes.AlertsRead, Scopes.AlertsRead]));
        Assert.Null(TokensApi.Known([]));
        Assert.Null(TokensApi.Known([Scopes.AlertsRead, "alerts:everything"]));
    }

    [Fact]
    public void Passwords_made_up_are_long_and_differ()
    {
        var passwords = Enumerable.Range(0, 100).Select(_ => Passwords.Generate()).ToList();

        Assert.All(passwords, password => Assert.Equal(20, password.Length));
        Assert.Equal(100, passwords.Distinct().Count());
    }
}
