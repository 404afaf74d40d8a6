using Microsoft.AspNetCore.WebUtilities;
using Microsoft.AspNetCore.Http;
using Monitoring.Contracts;
using Monitoring.Dashboard.Live;

namespace Monitoring.Dashboard.Tests.Live;

public class AlertFilterTests
{
    private static bool TryParse(string query, out AlertFilter filter, out string? problem) =>
        AlertFilter.TryParse(new QueryCollection(QueryHelpers.ParseQuery(query)), out filter, out problem);

    private static AlertFilter Parse(string query)
    {
        Assert.True(TryParse(query, out var filter, out var problem), problem);
        return filter;
    }

    [Fact]
    public void Without_a_word_it_is_what_is_open() => Assert.Equal(AlertFilter.Open, Parse("?state=&q=&country="));

    [Fact]
    public void The_same_filter_is_the_same_text_however_it_was_asked_for()
    {
        var repeated = Parse("?severity=critical&severity=high&state=open&country=ee");
        var listed = Parse("?country=EE&state=acknowledged,firing&severity=high,critical");

        Assert.Equal(repeated, listed);
        Assert.Equal(repeated.ToQuery(), listed.ToQuery());
    }

    [Theory]
    [InlineData("?state=firing,acknowledged")]
    [InlineData("?state=firing&severity=high,critical&domain=cyber&country=EE&alliance=NATO&q=port%20of%20Odesa%20%26%20more")]
    [InlineData("?id=00000001-0000-0000-0000-000000000000")]
    public void A_filter_survives_its_address(string query)
    {
        var filter = Parse(query);
        Assert.Equal(filter, Parse(filter.ToQuery()));
    }

    [Theory]
    [InlineData("?severity=urgent", "severity")]
    [InlineData("?state=open,closed", "state")]
    [InlineData("?domain=space", "domain")]
    [InlineData("?country=Estonia", "country")]
    [InlineData("?id=7", "id")]
    public void What_is_no_filter_is_a_problem_and_never_a_default(string query, string name)
    {
        Assert.False(TryParse(query, out _, out var problem));
        Assert.StartsWith($"{name} is", problem);
    }

    [Fact]
    public void All_that_it_names_must_hold()
    {
        var filter = Parse("?severity=high&domain=cyber,military&country=LV&q=HARBOUR");
        var alert = Some.Alert(1, severity: Severity.High, title: "The harbour stands still", domains: [Domain.Military, Domain.Economic], countries: ["EE", "LV"]);

        Assert.True(filter.Matches(Some.Row(alert)));
        Assert.False(filter.Matches(Some.Row(alert with { Severity = Severity.Critical })));
        Assert.False(filter.Matches(Some.Row(alert with { Domains = [Domain.Economic] })));
        Assert.False(filter.Matches(Some.Row(alert with { Countries = ["EE"] })));
        Assert.False(filter.Matches(Some.Row(alert with { Title = "The airport stands still" })));
        Assert.False(filter.Matches(Some.Row(alert with { State = AlertState.Resolved })));
    }

    [Fact]
    public void One_alert_is_followed_whatever_becomes_of_it()
    {
        var filter = Parse($"?id={Some.Id(1)}");

        Assert.True(filter.Matches(Some.Row(Some.Alert(1, state: AlertState.Resolved))));
        Assert.False(filter.Matches(Some.Row(Some.Alert(2))));
    }
}
