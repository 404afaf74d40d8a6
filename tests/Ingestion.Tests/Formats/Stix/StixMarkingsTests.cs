using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Stix;

namespace Monitoring.Ingestion.Tests.Formats.Stix;

public sealed class StixMarkingsTests
{
    private const string Strict = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003";
    private const string Green = "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da";

    [Theory]
    [InlineData("613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp.Clear)]
    [InlineData("34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp.Green)]
    [InlineData("f88d31f6-486f-44da-b317-01333bde0b82", Tlp.Amber)]
    [InlineData("5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp.Red)]
    [InlineData("94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp.Clear)]
    [InlineData("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp.Green)]
    [InlineData("55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp.Amber)]
    [InlineData("939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp.AmberStrict)]
    [InlineData("e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp.Red)]
    public async Task The_labels_of_both_versions_have_fixed_ids(string id, Tlp tlp) =>
        Assert.Equal(tlp, await MarkingOf($$""" "object_marking_refs":["marking-definition--{{id}}"] """));

    [Theory]
    [InlineData(""" "definition_type":"tlp","definition":{"tlp":"white"} """, Tlp.Clear)]
    [InlineData(""" "definition_type":"tlp","definition":{"tlp":"amber"} """, Tlp.Amber)]
    [InlineData(""" "definition_type":"tlp","definition":{"tlp":"mauve"} """, Tlp.Red)]
    [InlineData(""" "name":"TLP:AMBER+STRICT","extensions":{"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d":{"extension_type":"property-extension","tlp_2_0":"amber+strict"}} """, Tlp.AmberStrict)]
    [InlineData(""" "name":"TLP:GREEN","extensions":{} """, Tlp.Green)]
    [InlineData(""" "definition_type":"statement","definition":{"statement":"Do not resell."} """, null)]
    public async Task A_definition_that_came_with_the_document_is_honoured(string definition, Tlp? tlp) =>
        Assert.Equal(tlp, await MarkingOf(""" "object_marking_refs":["marking-definition--1"] """, $$"""{"type":"marking-definition","id":"marking-definition--1",{{definition}}}"""));

    [Fact]
    public async Task The_strictest_wins_also_where_only_a_part_is_marked()
    {
        Assert.Equal(Tlp.AmberStrict, await MarkingOf($$""" "object_marking_refs":["{{Green}}","{{Strict}}","{{Green}}"] """));
        Assert.Equal(Tlp.AmberStrict, await MarkingOf($$""" "object_marking_refs":["{{Green}}"],"granular_markings":[{"marking_ref":"{{Strict}}","selectors":["description"]},{"lang":"de","selectors":["name"]}] """));
    }

    [Fact]
    public async Task What_was_used_of_others_is_no_less_strict_than_they_are()
    {
        var actor = $$"""{"type":"threat-actor","id":"threat-actor--1","name":"Quay Spider","object_marking_refs":["{{Strict}}"]}""";
        const string Attribution = """{"type":"relationship","id":"relationship--1","relationship_type":"indicates","source_ref":"indicator--1","target_ref":"threat-actor--1"}""";
        Assert.Equal(Tlp.AmberStrict, await MarkingOf($$""" "object_marking_refs":["{{Green}}"] """, actor, Attribution));
        Assert.Equal(Tlp.Green, await MarkingOf($$""" "object_marking_refs":["{{Green}}"] """, actor));
    }

    [Fact]
    public async Task A_marking_that_is_neither_known_nor_there_leaves_it_to_the_feed() => Assert.Null(await MarkingOf(""" "object_marking_refs":["marking-definition--7"] """));

    private static async Task<Tlp?> MarkingOf(string marking, params string[] others)
    {
        var bundle = StixFormatTests.Bundle([$$"""{"type":"indicator","id":"indicator--1","name":"Command server",{{marking}}}""", .. others]);
        var reports = await Reading.ReportsOf(new StixFormat(), bundle);
        return reports[0].Marking?.Tlp;
    }
}
