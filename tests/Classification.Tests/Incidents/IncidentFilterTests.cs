using Monitoring.Classification.Incidents;

namespace Monitoring.Classification.Tests.Incidents;

public sealed class IncidentFilterTests
{
    [Fact]
    public void Lists_times_and_names_are_understood()
    {
        var filter = IncidentFilter.Read(new()
        {
            Domain = "cyber,military", Severity = "high", Country = "ee,LV", Alliance = "otan", State = "open",
            From = "2026-11-22T08:00:00+02:00", ReportId = "0197d1b2-0000-8000-8000-000000000000", Include = "reports",
        }, out var problem)!;
        Assert.Null(problem);
        Assert.Equal(["cyber", "military"], filter.Domains!);
        Assert.Equal(["EE", "LV"], filter.Countries!);
        Assert.Equal(["NATO"], filter.Alliances!);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero), filter.From);
        Assert.True(filter.IncludeReports);
    }

    [Fact]
    public void Nothing_asked_is_no_condition()
    {
        var filter = IncidentFilter.Read(new(), out _)!;
        Assert.Equal((null, null, null, null, false), (filter.Domains, filter.Countries, filter.Text, filter.From, filter.IncludeReports));
    }

    [Theory]
    [InlineData("domain", "cyber,weather", "weather")]
    [InlineData("domain", "", "")]
    [InlineData("severity", "urgent", "urgent")]
    [InlineData("country", "EU", "EU")]
    [InlineData("alliance", "LEAGUE OF NATIONS", "LEAGUE OF NATIONS")]
    [InlineData("state", "closed", "closed")]
    [InlineData("from", "yesterday", "yesterday")]
    [InlineData("to", "2026-13-01", "2026-13-01")]
    [InlineData("updatedAfter", "soon", "soon")]
    [InlineData("reportId", "7", "7")]
    [InlineData("include", "everything", "everything")]
    [InlineData("q", "a\0b", "a\0b")]
    public void What_is_not_understood_is_named(string parameter, string value, string found)
    {
        var request = parameter switch
        {
            "domain" => new IncidentListRequest { Domain = value },
            "severity" => new() { Severity = value },
            "country" => new() { Country = value },
            "alliance" => new() { Alliance = value },
            "state" => new() { State = value },
            "from" => new() { From = value },
            "to" => new() { To = value },
            "updatedAfter" => new() { UpdatedAfter = value },
            "reportId" => new() { ReportId = value },
            "include" => new() { Include = value },
            _ => new() { Text = value },
        };
        Assert.Null(IncidentFilter.Read(request, out var problem));
        Assert.Equal((parameter, found), (problem!.Name, problem.Found));
    }
}
