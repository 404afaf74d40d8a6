using System.Text.Json;
using Monitoring.Classification.Corrections;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Corrections;

public sealed class CorrectionBodyTests
{
    private static readonly Guid Incident = Guid.Parse("0197d1b2-0000-8000-8000-000000000001");

    [Theory]
    [InlineData("""{ "severity": "high" }""", "reason")]
    [InlineData("""{ "severity": "high", "reason": "  " }""", "reason")]
    [InlineData("""{ "severity": "high", "reason": "a\u0000b" }""", "reason")]
    [InlineData("""{ "reason": "r" }""", "")]
    [InlineData("""{ "reason": "r", "severity": "urgent" }""", "severity")]
    [InlineData("""{ "reason": "r", "domains": ["cyber", "weather"] }""", "domains")]
    [InlineData("""{ "reason": "r", "domains": [null] }""", "domains")]
    [InlineData("""{ "reason": "r", "countries": [{ "code": "EE" }, { "code": "EU" }] }""", "countries[1].code")]
    [InlineData("""{ "reason": "r", "countries": [{ "code": "EE", "role": "victim" }] }""", "countries[0].role")]
    [InlineData("""{ "reason": "r", "countries": [{ "code": "EE" }, { "code": "ee", "role": "actor" }] }""", "countries[1].code")]
    [InlineData("""{ "reason": "r", "countries": [null] }""", "countries[0].code")]
    [InlineData("""{ "reason": "r", "version": 0, "severity": "low" }""", "version")]
    [InlineData("""{ "reason": "r", "mergeWith": [] }""", "mergeWith")]
    [InlineData("""{ "reason": "r", "mergeWith": ["0197d1b2-0000-8000-8000-000000000001"] }""", "mergeWith")]
    [InlineData("""{ "reason": "r", "mergeWith": ["0197d1b2-0000-8000-8000-000000000002"], "split": ["0197d1b2-0000-8000-8000-000000000003"] }""", "split")]
    [InlineData("""{ "reason": "r", "notAThreat": true, "severity": "low" }""", "notAThreat")]
    [InlineData("""{ "reason": "r", "notAThreat": false }""", "notAThreat")]
    [InlineData("""{ "reason": "r", "lift": ["title"] }""", "lift")]
    [InlineData("""{ "reason": "r", "lift": ["severity"], "severity": "low" }""", "lift")]
    public void What_is_wrong_is_named_by_its_field(string body, string field) =>
        Assert.Equal([field], JsonSerializer.Deserialize<CorrectionBody>(body, JsonSerializerOptions.Web)!.Check(Incident).Keys);

    [Fact]
    public void More_reports_than_are_split_at_once_are_refused_with_what_to_do()
    {
        var body = new CorrectionBody { Reason = "r", Split = [.. Enumerable.Range(0, 1_001).Select(_ => Guid.NewGuid())] };
        Assert.Contains("1 to 1000 ids of reports, found 1001; more of them are split by several", Assert.Single(body.Check(Incident)["split"]));
        Assert.Empty((body with { Split = [.. body.Split!.Skip(1)] }).Check(Incident));
    }

    [Fact]
    public void A_later_word_replaces_an_earlier_one_of_the_same_field_alone_and_lifting_gives_the_field_back()
    {
        var first = AnalystsWord.None.After(Change("""{ "reason": "r", "domains": ["military", "cyber", "cyber"], "countries": [{ "code": "ee" }, { "code": "RU", "role": "actor" }] }"""));
        Assert.Equal([Domain.Cyber, Domain.Military], first.Domains!);
        Assert.Equal([new CountryFinding("EE", CountryRole.Affected), new("RU", CountryRole.Actor)], first.Countries!);

        var second = first.After(Change("""{ "reason": "r", "notAThreat": true }"""));
        Assert.Equal((0, Severity.Info, 2), (second.Domains!.Count, second.Severity, second.Countries!.Count));

        var third = second.After(Change("""{ "reason": "r", "lift": ["domains", "countries"], "severity": "critical" }"""));
        Assert.Equal([CorrectedField.Severity], third.Fields);
        Assert.True(third.After(Change("""{ "reason": "r", "lift": ["severity"] }""")).IsNone);
    }

    private static CorrectionChange Change(string body)
    {
        var read = JsonSerializer.Deserialize<CorrectionBody>(body, JsonSerializerOptions.Web)!;
        Assert.Empty(read.Check(Incident));
        return read.ToChange();
    }
}
