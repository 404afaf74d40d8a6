using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class MispFormatTests
{
    private static readonly MispFormat Format = new();

    [Fact]
    public async Task An_event_becomes_a_report_and_numbers_may_be_strings()
    {
        var report = await Reading.ReportOf(Format, Event(""" "date":"2026-11-22","timestamp":"1795334400","publish_timestamp":1795338000,"threat_level_id":"1","analysis":"2","published":false, """));
        Assert.Equal("e-1", report.ExternalId);
        Assert.Equal("cranebot", report.Title);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795338000), report.PublishedAt);
        Assert.Equal(Severity.High, report.Hints!.Severity);
        Assert.Equal(ReportStatus.Actual, report.Status);
        Assert.Null(report.Marking);
        Assert.Equal(("2", "false", "1795334400"), (report.Attributes["analysis"], report.Attributes["published"], report.Attributes["timestamp"]));
    }

    [Fact]
    public async Task A_time_of_zero_is_none() =>
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795334400), (await Reading.ReportOf(Format, Event(""" "timestamp":1795334400,"publish_timestamp":"0", """))).PublishedAt);

    [Theory]
    [InlineData("\"1\"", Severity.High)]
    [InlineData("2", Severity.Medium)]
    [InlineData("\"3\"", Severity.Low)]
    [InlineData("4", null)]
    public async Task The_first_threat_level_is_the_highest(string level, Severity? severity) =>
        Assert.Equal(severity, (await Reading.ReportOf(Format, Event($"\"threat_level_id\":{level},"))).Hints!.Severity);

    [Fact]
    public async Task A_threat_level_that_is_unknown_is_refused()
    {
        var problem = await Reading.ProblemOf(Format, $$"""{"Event":{{Event("\"threat_level_id\":\"9\",")}}}""");
        Assert.Equal(("/Event/threat_level_id", "1, 2, 3 or 4", "'9'"), (problem.Pointer, problem.Expected, problem.Found));
    }

    [Fact]
    public async Task Attributes_also_of_objects_are_told_and_deleted_ones_left_out()
    {
        var report = await Reading.ReportOf(Format, Event("""
            "Attribute":[
              {"type":"domain","value":"one.example","comment":"first"},
              {"type":"domain","value":"gone.example","deleted":true},
              {"type":"domain","value":"gone-too.example","deleted":"1"},
              {"type":"link","value":"https://news.example/7","deleted":false}],
            "Object":[
              {"name":"file","Attribute":[{"type":"md5","value":"d41d8cd9"},{"type":"vulnerability","value":"CVE-2026-1"}]},
              {"name":"file","deleted":true,"Attribute":[{"type":"md5","value":"00000000"}]}],
            "EventReport":[{"name":"Notes","content":"It began at night."}],
            """));
        Assert.Equal("It began at night.\ndomain: one.example (first)\nlink: https://news.example/7\nmd5: d41d8cd9\nvulnerability: CVE-2026-1", report.Text);
        Assert.Equal("one.example", report.Attributes["Attribute.domain"]);
        Assert.Equal("d41d8cd9", report.Attributes["Attribute.md5"]);
        Assert.Equal("https://news.example/7", report.Url);
    }

    [Theory]
    [InlineData("tlp:white", Tlp.Clear)]
    [InlineData("tlp:clear", Tlp.Clear)]
    [InlineData("TLP:GREEN", Tlp.Green)]
    [InlineData("tlp:amber+strict", Tlp.AmberStrict)]
    [InlineData("tlp:ex:chr", Tlp.Red)]
    public async Task A_TLP_tag_is_the_marking_and_an_unknown_one_is_the_strictest(string tag, Tlp tlp) =>
        Assert.Equal(tlp, (await Reading.ReportOf(Format, Event($$""" "Tag":[{"name":"{{tag}}"}], """))).Marking!.Tlp);

    [Theory]
    [InlineData("\"0\"", Tlp.Red, true)]
    [InlineData("1", Tlp.Green, false)]
    [InlineData("\"2\"", Tlp.Green, false)]
    [InlineData("3", null, false)]
    [InlineData("\"4\"", Tlp.Amber, true)]
    [InlineData("17", Tlp.Red, true)]
    public async Task Its_distribution_restricts_it(string distribution, Tlp? tlp, bool isForOriginatorAlone)
    {
        var marking = (await Reading.ReportOf(Format, Event($"\"distribution\":{distribution},"))).Marking;
        Assert.Equal(tlp, marking?.Tlp);
        Assert.Equal(isForOriginatorAlone, marking?.ReleasableTo is []);
    }

    [Fact]
    public async Task The_strictest_of_event_tags_and_attributes_wins()
    {
        var report = await Reading.ReportOf(Format, Event(""" "distribution":"3","Tag":[{"name":"tlp:green"}],"Attribute":[{"type":"ip-dst","value":"192.0.2.7","distribution":"5","Tag":[{"name":"tlp:amber"}]}], """));
        Assert.Equal(Tlp.Amber, report.Marking!.Tlp);
        Assert.Null(report.Marking.ReleasableTo);
        var group = await Reading.ReportOf(Format, Event(""" "distribution":"4","sharing_group_id":"12","SharingGroup":{"name":"harbours"},"Tag":[{"name":"tlp:red"}], """));
        Assert.Equal(Tlp.Red, group.Marking!.Tlp);
        Assert.Empty(group.Marking.ReleasableTo!);
        Assert.Equal(("12", "harbours"), (group.Attributes["sharing_group_id"], group.Attributes["SharingGroup"]));
    }

    [Fact]
    public async Task Machine_tags_keep_their_values()
    {
        var report = await Reading.ReportOf(Format, Event(""" "Tag":[{"name":"admiralty-scale:source-reliability=\"b\""},{"name":"admiralty-scale:information-credibility=\"2\""},{"name":"misp-galaxy:threat-actor=\"Quay Spider\""},{"name":"night"}], """));
        Assert.Equal(("b", "2", "night"), (report.Attributes["admiralty-scale:source-reliability"], report.Attributes["admiralty-scale:information-credibility"], report.Attributes["Tag"]));
        Assert.Equal(["Quay Spider"], report.Hints!.Actors);
    }

    [Fact]
    public async Task Galaxies_name_actors_and_the_countries_that_are_targets()
    {
        var report = await Reading.ReportOf(Format, Event("""
            "Galaxy":[
              {"type":"threat-actor","GalaxyCluster":[{"value":"Quay Spider","meta":{"synonyms":["QS-1"],"country":["RU"]}}]},
              {"type":"country","GalaxyCluster":[{"value":"estonia","meta":{"ISO":["EE"]}}]}],
            """));
        Assert.Equal(["Quay Spider", "QS-1"], report.Hints!.Actors);
        Assert.Equal(["EE"], report.Hints.Countries);
        Assert.Equal("estonia", report.Attributes["targets"]);
    }

    [Theory]
    [InlineData("""{"Event":$}""")]
    [InlineData("""[{"Event":$}]""")]
    [InlineData("[$]")]
    [InlineData("""{"response":[{"Event":$}]}""")]
    [InlineData("""{"response":{"Event":$}}""")]
    public async Task It_comes_in_several_wrappings(string wrapping)
    {
        var body = wrapping.Replace("$", Event());
        Assert.Equal("e-1", (await Reading.ReportOf(Format, body)).ExternalId);
        Assert.True(Format.Recognises(BodySample.Of(System.Text.Encoding.UTF8.GetBytes(wrapping.Replace("$", Event("\"threat_level_id\":1,"))))));
    }

    [Fact]
    public async Task A_lone_sighting_is_refused() =>
        Assert.Equal("/info", (await Reading.ProblemOf(Format, """{"id":"8","attribute_id":"7","uuid":"s-1","type":"0","date_sighting":"1795334400"}""")).Pointer);

    [Theory]
    [InlineData("japanese_test.json", Severity.Medium, Tlp.Green)]
    [InlineData("misp-wintervivern.event.json", Severity.High, null)]
    [InlineData("misp_event.json", Severity.High, Tlp.Red)]
    [InlineData("sighting_1.json", Severity.Low, null)]
    public async Task Real_events_are_accepted(string file, Severity severity, Tlp? tlp)
    {
        var report = Assert.Single(await Reading.ReportsOf(Format, RealFiles.Read($"misp/{file}")));
        Assert.Equal((severity, tlp), (report.Hints!.Severity, report.Marking?.Tlp));
        Assert.NotNull(report.Text);
    }

    private static string Event(string more = "") => $$"""{ {{more}} "uuid":"e-1","info":"cranebot" }""";
}
