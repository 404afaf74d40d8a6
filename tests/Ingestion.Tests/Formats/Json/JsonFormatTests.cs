using System.Text;
using System.Text.Json;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Tests.Formats.Json;

/// <summary>What holds for all formats whose items lie in JSON.</summary>
public sealed class JsonFormatTests
{
    [Theory]
    [InlineData("geojson", """{"features":[{"type":"Feature","properties":{"title":"Oil slick"},"features":[{"title":"other"}]}]}""")]
    [InlineData("nws", """{"@graph":[{"id":"urn:oid:2","areaDesc":"Guam","status":"Actual","messageType":"Alert","event":"Rip Current","@graph":{"id":"other"}}]}""")]
    [InlineData("reliefweb", """{"data":[{"id":"7","fields":{"title":"Floods"},"data":{"id":"8"}}]}""")]
    [InlineData("misp", """{"response":[{"uuid":"1","info":"cranebot","response":[]}]}""")]
    [InlineData("cisa-kev", """{"vulnerabilities":[{"cveID":"CVE-2026-1","vulnerabilityName":"Flaw","vulnerabilities":[{}]}]}""")]
    [InlineData("jsonfeed", """{"language":"de","items":[{"id":"a","title":"Eins","items":[{"id":"b"}]}]}""")]
    [InlineData("stix", """{"type":"bundle","objects":[{"type":"malware","id":"malware--1","name":"cranebot","objects":[{"type":"malware"}]}]}""")]
    [InlineData("stix", """{"type":"bundle","objects":[{"type":"malware","id":"malware--1","name":"cranebot","created_by_ref":"identity--1","x_related_objects":[{"type":"identity","id":"identity--1","name":"x"}]}]}""")]
    public async Task An_item_that_looks_like_a_list_is_kept_within_one(string format, string body) =>
        Assert.Single(await Reading.ReportsOf(FeedFormats.All.Single(known => known.Name == format), body));

    [Theory]
    [InlineData("geojson", """{"features":[{"type":"Feature","properties":{"title":"Oil slick"}}, x""")]
    [InlineData("stix", """{"objects":[{"type":"malware","id":"malware--1","name":"cranebot"}, x""")]
    public async Task What_can_not_be_read_is_kept_from_the_last_item_on(string format, string body)
    {
        var items = await Reading.ItemsOf(FeedFormats.All.Single(known => known.Name == format), body);
        Assert.NotNull(items[0].Report);
        Assert.Equal((", x", true), (Encoding.UTF8.GetString(items[1].Raw), items[1].IsBreak));
    }

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("\"1.5\"", 1.5)]
    [InlineData("1e999", null)]
    [InlineData("\"NaN\"", null)]
    [InlineData("\"Infinity\"", null)]
    public void Numbers_are_finite(string json, double? number)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(number, document.RootElement.Number());
    }
}
