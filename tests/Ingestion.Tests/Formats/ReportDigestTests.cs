using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class ReportDigestTests
{
    private const string Body = """{"externalId":"a","title":"Tägliche","occurredAt":"2026-11-22T08:00:00Z","x":1,"attributes":{"b":"2","a":"1"}}""";

    [Theory]
    [InlineData("""{ "attributes" : { "a":"1", "b":"2" },  "x" : 1, "occurredAt":"2026-11-22T09:00:00.000+01:00", "title":"T\u00e4gliche","externalId":"a" }""")]
    [InlineData("""{"externalId":"a","title":"Tägliche","text":null,"occurredAt":"2026-11-22T08:00:00Z","x":1,"attributes":{"a":"1","b":"2"},"status":"actual","places":[]}""")]
    public async Task Spelling_makes_no_difference(string same) =>
        Assert.Equal(ReportDigest.Of(await Reading.ReportOf(Body)), ReportDigest.Of(await Reading.ReportOf(same)));

    [Theory]
    [InlineData("""{"externalId":"a","title":"Tägliche","occurredAt":"2026-11-22T08:00:01Z","x":1,"attributes":{"b":"2","a":"1"}}""")]
    [InlineData("""{"externalId":"a","title":"Tagliche","occurredAt":"2026-11-22T08:00:00Z","x":1,"attributes":{"b":"2","a":"1"}}""")]
    [InlineData("""{"externalId":"a","title":"Tägliche","occurredAt":"2026-11-22T08:00:00Z","x":2,"attributes":{"b":"2","a":"1"}}""")]
    [InlineData("""{"externalId":"a","title":"Tägliche","occurredAt":"2026-11-22T08:00:00Z","x":1,"attributes":{"b":"2","a":"1"},"status":"test"}""")]
    public async Task Content_makes_a_difference(string other) =>
        Assert.NotEqual(ReportDigest.Of(await Reading.ReportOf(Body)), ReportDigest.Of(await Reading.ReportOf(other)));

    [Fact]
    public async Task A_report_without_a_name_is_named_by_its_content()
    {
        var name = (await Reading.ReportOf("""{"title":"a","text":"b"}""")).ExternalId;
        Assert.Equal(64, name.Length);
        Assert.Equal(name, (await Reading.ReportOf("""{ "text" : "b", "title" : "a" }""")).ExternalId);
        Assert.NotEqual(name, (await Reading.ReportOf("""{"title":"a","text":"c"}""")).ExternalId);
    }
}
