using System.Text.Json;
using Monitoring.Contracts;

namespace Monitoring.ServiceDefaults.Tests;

public sealed class ContractsTests
{
    private static readonly Guid Feed = Guid.Parse("3c1f6f3e-0000-4000-8000-000000000001");

    [Fact]
    public void An_id_follows_from_what_it_names_and_is_a_uuid_of_version_8()
    {
        var id = Ids.Report(Feed, "abc-1");
        Assert.Equal(id, Ids.Report(Feed, "abc-1"));
        Assert.NotEqual(id, Ids.Report(Feed, "abc-2"));
        Assert.NotEqual(id, Ids.Report(Guid.Empty, "abc-1"));
        Assert.Equal(8, id.Version);
        Assert.Equal(0x8, id.Variant & 0xC);
        Assert.NotEqual(Ids.Incident(id), Ids.Incident(Ids.Incident(id)));
    }

    [Fact]
    public void The_longest_external_id_has_an_id_too() =>
        Assert.NotEqual(Ids.Report(Feed, new string('語', 512)), Ids.Report(Feed, new string('語', 511)));

    [Theory]
    [InlineData(Tlp.AmberStrict, "\"AMBER\\u002BSTRICT\"")]
    [InlineData(Tlp.Clear, "\"CLEAR\"")]
    public void A_marking_is_written_as_the_protocol_writes_it(Tlp tlp, string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(tlp, ContractsJson.Default.Options));

    [Theory]
    [InlineData("\"urgent\"")]
    [InlineData("\"High\"")]
    [InlineData("3")]
    public void A_severity_that_is_none_is_refused(string json)
    {
        var exception = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Severity>(json, ContractsJson.Default.Options));
        Assert.Contains("info, low, medium, high, critical", exception.Message);
    }

    [Fact]
    public void A_message_that_tells_nothing_of_its_feeds_reliability_leaves_it_unjudged()
    {
        const string json = """{"id":"3c1f6f3e-0000-4000-8000-000000000001","revision":1,"feedId":"3c1f6f3e-0000-4000-8000-000000000001","feed":"a","receivedAt":"2026-01-01T00:00:00Z","report":{"externalId":"a"}}""";
        var received = JsonSerializer.Deserialize(json, ContractsJson.Default.ReceivedReport)!;
        Assert.Equal(Reliability.F, received.Reliability);
        Assert.Null(received.Family);
    }

    [Fact]
    public void A_report_survives_its_way_through_json()
    {
        var report = new Report
        {
            ExternalId = "a", Title = "t", Status = ReportStatus.Exercise, Action = ReportAction.Cancel, References = ["b"],
            Places = [new Place { Name = "Tallinn", Lat = 59.44, Lon = 24.75 }], Marking = new Marking { Tlp = Tlp.Red, ReleasableTo = [] },
            Hints = new Hints { Domains = [Domain.Cyber], Severity = Severity.High }, Attributes = new Dictionary<string, string> { ["k"] = "v" },
        };
        var json = JsonSerializer.Serialize(report, ContractsJson.Default.Report);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, ContractsJson.Default.Report), ContractsJson.Default.Report));
        Assert.Contains("\"releasableTo\":[]", json);
    }
}
