using Monitoring.Classification.Judging;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Judging;

public sealed class SeverityTests
{
    [Theory]
    [InlineData("Small craft advisory for the coast: light winds and seas", Severity.Low)]
    [InlineData("Storm warning: flooding expected along the coast", Severity.Medium)]
    [InlineData("Floods kill 12 people", Severity.High)]
    [InlineData("Earthquake kills 2,300 people and flattens towns", Severity.Critical)]
    [InlineData("Company reports quarterly earnings in line with forecasts", Severity.Low)]
    [InlineData("Critical zero-day in firewalls is actively exploited", Severity.High)]
    public void Harm_decides_how_much_an_incident_matters(string title, Severity severity) => Assert.Equal(severity, Built.Judge(title).Severity);

    [Fact]
    public void More_dead_never_matter_less()
    {
        int[] tolls = [1, 5, 20, 60, 300, 5_000];
        var severities = tolls.Select(toll => Built.Judge($"Earthquake leaves {toll} dead in the mountains").Severity).ToList();
        Assert.Equal(severities.Order(), severities);
        Assert.Equal(Severity.Critical, severities[^1]);
    }

    [Fact]
    public void A_year_or_a_percentage_is_no_toll()
    {
        Assert.Empty(Casualties.Find(Tokens.Of("Earthquake dead of 2023 remembered")));
        Assert.Empty(Casualties.Find(Tokens.Of("Flood deaths up 40% in a decade")));
        Assert.Equal([new Toll(Harm.Death, 40, 2, 4)], Casualties.Find(Tokens.Of("At least 40 people dead")));
    }

    [Fact]
    public void The_toll_is_evidence_with_its_words() =>
        Assert.Contains(Built.Judge("Landslide: at least 40 people dead").Evidence, evidence => evidence is { For: "severity", Text: "40 people dead" });
}
