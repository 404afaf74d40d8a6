using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Formats.CloudEvents;

namespace Monitoring.Ingestion.Tests.Formats.CloudEvents;

public sealed class BinaryEventTests
{
    private static readonly CloudEventsFormat Format = new();

    [Fact]
    public async Task Headers_are_the_attributes_and_the_body_is_the_data()
    {
        var report = await ReportOf("""{"title":"Cranes stand still"}"""u8.ToArray(), "application/json; charset=utf-8", ("time", "2026-11-22T08:00:00Z"), ("comharbour", "x"));
        Assert.Equal(("/harbour 7", "Cranes stand still"), (report.ExternalId, report.Title));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal(("x", "application/json; charset=utf-8"), (report.Attributes["comharbour"], report.Attributes["datacontenttype"]));
    }

    [Theory]
    [InlineData("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀")]
    [InlineData("%e2%82%ac%41", "€A")]
    [InlineData("50%2525", "50%25")]
    [InlineData("\"two words\"", "two words")]
    [InlineData("\"a \\\"quoted\\\" back\\\\slash\"", "a \"quoted\" back\\slash")]
    [InlineData("\"a%20b\"", "a b")]
    [InlineData("plain", "plain")]
    public void Headers_are_unquoted_and_percent_decoded_once(string header, string text) => Assert.Equal(text, BinaryEvent.Decode(header));

    [Theory]
    [InlineData("%C0%A0")]
    [InlineData("%ff")]
    [InlineData("%E2%82")]
    [InlineData("100%")]
    [InlineData("%2")]
    [InlineData("%zz")]
    public async Task A_header_that_does_not_give_UTF_8_is_refused(string header)
    {
        Assert.Null(BinaryEvent.Decode(header));
        Assert.Equal("ce-subject", Assert.Single((await ItemOf([], null, ("subject", header))).Problems).Pointer);
    }

    [Fact]
    public async Task The_content_type_is_told_once()
    {
        var item = await ItemOf("{}"u8.ToArray(), "application/json", ("datacontenttype", "application/json"));
        Assert.Equal("ce-datacontenttype", Assert.Single(item.Problems).Pointer);
    }

    [Fact]
    public async Task Data_may_be_anything()
    {
        Assert.Equal("Cranes", (await ReportOf("Cranes"u8.ToArray(), "text/plain")).Text);
        Assert.Equal("<crane/>", (await ReportOf("<crane/>"u8.ToArray(), "application/xml")).Text);
        Assert.Equal("Cranes", (await ReportOf("\"Cranes\""u8.ToArray(), "application/vnd.harbour+json")).Text);
        Assert.Equal("4P8ARKo=", (await ReportOf([0xE0, 0xFF, 0x00, 0x44, 0xAA], "image/png")).Attributes["data_base64"]);
        Assert.Equal("4P8ARKo=", (await ReportOf([0xE0, 0xFF, 0x00, 0x44, 0xAA], "text/plain; charset=iso-8859-1")).Attributes["data_base64"]);
        Assert.Null((await ReportOf([], null)).Text);
    }

    [Fact]
    public async Task Data_that_is_not_what_its_content_type_says_is_refused()
    {
        var problem = Assert.Single((await ItemOf("Cranes"u8.ToArray(), "application/json")).Problems);
        Assert.Equal(("JSON (RFC 8259), as the Content-Type says", "'C'"), (problem.Expected, problem.Found));
    }

    [Fact]
    public async Task Data_that_is_too_large_is_refused()
    {
        var items = await Reading.ItemsOf(Format, new byte[20], limits: new FormatLimits { ItemBytes = 10 }, with: body => With(body, "image/png"));
        Assert.Equal("20 bytes", Assert.Single(items).Problems[0].Found);
    }

    [Fact]
    public async Task Data_that_is_too_deep_is_refused()
    {
        var items = await Reading.ItemsOf(Format, """{"a":[[[[[[1]]]]]]}"""u8.ToArray(), limits: new FormatLimits { Depth = 4 }, with: body => With(body, "application/json"));
        Assert.Equal("arrays and objects at most 4 deep", Assert.Single(items).Problems[0].Expected);
    }

    [Fact]
    public async Task Headers_beside_a_structured_event_are_passed_over()
    {
        var items = await Reading.ItemsOf(Format, """{"specversion":"1.0","source":"/harbour","id":"8","type":"incident"}"""u8.ToArray(), with: body => With(body, "application/cloudevents+json"));
        Assert.Equal("/harbour 8", Assert.Single(items).Report!.ExternalId);
    }

    [Theory]
    [InlineData("application/json", "cloudevents")]
    [InlineData("application/pdf", "cloudevents")]
    [InlineData("text/plain; charset=iso-8859-1", "cloudevents")]
    [InlineData(null, "cloudevents")]
    [InlineData("application/cloudevents+json", "cloudevents")]
    [InlineData("application/cloudevents+avro", null)]
    public async Task A_body_with_an_events_headers_is_an_event(string? contentType, string? name) =>
        Assert.Equal(name, (await FeedFormats.ChooseAsync(With(FeedBody.Of("{}"u8.ToArray()), contentType), null, null, TestContext.Current.CancellationToken))?.Name);

    [Fact]
    public async Task A_format_that_is_named_comes_before_the_headers() =>
        Assert.Equal("json", (await FeedFormats.ChooseAsync(With(FeedBody.Of("{}"u8.ToArray()), "application/json"), "json", null, TestContext.Current.CancellationToken))?.Name);

    private static async Task<Report> ReportOf(byte[] data, string? contentType, params (string, string)[] attributes)
    {
        var item = await ItemOf(data, contentType, attributes);
        Assert.Empty(item.Problems);
        // What is kept is the event in structured mode.
        var again = Assert.Single(await Reading.ItemsOf(Format, item.Raw));
        Assert.Equal(ReportDigest.Of(item.Report!), ReportDigest.Of(again.Report!));
        return item.Report!;
    }

    private static async Task<FeedItem> ItemOf(byte[] data, string? contentType, params (string, string)[] attributes) =>
        Assert.Single(await Reading.ItemsOf(Format, data, with: body => With(body, contentType, attributes)));

    private static FeedBody With(FeedBody body, string? contentType, params (string Name, string Value)[] attributes)
    {
        var headers = new Dictionary<string, string> { ["specversion"] = "1.0", ["source"] = "/harbour", ["id"] = "7", ["type"] = "incident" };
        foreach (var (name, value) in attributes) headers[name] = value;
        return body with { ContentType = contentType, EventAttributes = headers };
    }
}
