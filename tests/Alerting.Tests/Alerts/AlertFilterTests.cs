using Microsoft.AspNetCore.Http;
using Monitoring.Alerting.Alerts;

namespace Monitoring.Alerting.Tests.Alerts;

public sealed class AlertFilterTests
{
    private static readonly AlertListParameters None = new(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    [Fact]
    public void Without_parameters_nothing_is_narrowed()
    {
        Assert.True(AlertFilter.TryRead(None, out var filter, out _));
        Assert.Equal(new AlertFilter(), filter);
    }

    [Fact]
    public void Several_values_are_separated_by_commas()
    {
        var rule = Guid.NewGuid();
        Assert.True(AlertFilter.TryRead(None with { State = "firing, acknowledged", Country = "ee,LV", Rule = $"Ports,{rule}", Q = " port " }, out var filter, out _));
        Assert.Equal(["firing", "acknowledged"], filter.States!);
        Assert.Equal(["EE", "LV"], filter.Countries!);
        Assert.Equal(["Ports"], filter.RuleNames!);
        Assert.Equal([rule], filter.RuleIds!);
        Assert.Equal("port", filter.Text);
    }

    [Theory]
    [InlineData("state", "open")]
    [InlineData("severity", "High")]
    [InlineData("domain", "space")]
    [InlineData("country", "EST")]
    [InlineData("incidentId", "7")]
    [InlineData("updatedAfter", "yesterday")]
    [InlineData("from", "1.2")]
    public void An_unknown_value_is_refused_by_the_parameter_s_name(string parameter, string value)
    {
        var given = parameter switch
        {
            "state" => None with { State = value },
            "severity" => None with { Severity = value },
            "domain" => None with { Domain = value },
            "country" => None with { Country = value },
            "incidentId" => None with { IncidentId = value },
            "updatedAfter" => None with { UpdatedAfter = value },
            _ => None with { From = value },
        };
        Assert.False(AlertFilter.TryRead(given, out _, out var problem));
        Assert.Equal([parameter], Assert.IsType<HttpValidationProblemDetails>(problem.ProblemDetails).Errors.Keys);
    }

    [Fact]
    public void Times_are_understood_with_any_offset_and_become_utc()
    {
        Assert.True(AlertFilter.TryRead(None with { UpdatedAfter = "2026-11-22T10:00:00+02:00" }, out var filter, out _));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), filter.UpdatedAfter);
        Assert.Equal(TimeSpan.Zero, filter.UpdatedAfter!.Value.Offset);
    }
}
