using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

/// <summary>Formats that all come as <c>application/json</c> are told by what they say.</summary>
public sealed class JsonRecognitionTests
{
    [Theory]
    [InlineData("stix", "stix")]
    [InlineData("misp", "misp")]
    [InlineData("nvd-cve-2.0", "nvd")]
    [InlineData("csaf", "csaf")]
    [InlineData("cloudevents", "cloudevents")]
    [InlineData("intelmq", "intelmq")]
    public async Task Real_files_are_told_by_what_they_say(string folder, string format)
    {
        foreach (var file in RealFiles.In(folder))
        {
            Assert.Equal([format], Recognisers(RealFiles.Read(file)));
            Assert.Equal(format, await NameOf(RealFiles.Read(file), "application/json"));
            Assert.Equal(format, await NameOf(RealFiles.Read(file), null));
        }
    }

    [Fact]
    public async Task The_catalogue_is_told_from_its_schema()
    {
        Assert.Equal("cisa-kev", await NameOf(RealFiles.Read("cisa-kev/known_exploited_vulnerabilities.json"), "application/json"));
        Assert.Equal("json", await NameOf(RealFiles.Read("cisa-kev/known_exploited_vulnerabilities_schema.json"), "application/json"));
    }

    [Theory]
    [InlineData("""{"title":"Cranes stand still","type":"incident","id":"7","source":"harbour"}""")]
    [InlineData("""[{"title":"Cranes stand still","info":"none","attributes":{"type":"indicator"}}]""")]
    [InlineData("""{"title":"Flaw","cve":"CVE-2026-1","document":"x","objects":[],"vulnerabilities":[]}""")]
    [InlineData("""{"title":"x","classification":{"type":"c"},"feed":{"name":"n"}}""")]
    [InlineData("""{"title":"Port closed","info":"see link","analysis":"likely ransomware"}""")]
    [InlineData("""[{"title":"Summit","startsAt":"2026-11-22T08:00:00Z","labels":["eu"]}]""")]
    [InlineData("""{"title":"x","type":"Feature"}""")]
    [InlineData("""{"title":"x","more":true,"objects":[]}""")]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task What_is_only_like_them_is_none_of_them(string json)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(json);
        Assert.Empty(Recognisers(bytes));
        Assert.Equal("json", await NameOf(bytes, "application/json"));
    }

    private static List<string> Recognisers(byte[] bytes)
    {
        var sample = BodySample.Of(bytes);
        return [.. FeedFormats.All.Where(format => format.Recognises(sample)).Select(format => format.Name)];
    }

    private static async Task<string?> NameOf(byte[] bytes, string? contentType) =>
        (await FeedFormats.ChooseAsync(FeedBody.Of(bytes) with { ContentType = contentType }, null, null, TestContext.Current.CancellationToken))?.Name;
}
