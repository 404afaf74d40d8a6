using Monitoring.Contracts;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class NativeReportTests
{
    [Fact]
    public async Task All_fields_are_read()
    {
        var report = await Reading.ReportOf("""
            {
              "externalId": "abc-1", "title": "Title", "text": "Text", "occurredAt": "2026-11-22T09:00:00+01:00", "publishedAt": "2026-11-22T08:01:00Z",
              "expiresAt": "2026-11-23T00:00:00Z", "url": "https://news.example/1", "language": "en-GB", "status": "exercise", "action": "update",
              "references": ["abc-0"], "places": [{ "name": "Tallinn", "country": "EE", "lat": 59.44, "lon": 24.75 }],
              "hints": { "domains": ["cyber", "military"], "severity": "high", "countries": ["EE", "LV"], "actors": ["Somebody"] },
              "marking": { "tlp": "AMBER+STRICT", "releasableTo": ["NATO"] }, "attributes": { "desk": "baltic" }
            }
            """);
        Assert.Equal(("abc-1", "Title", "Text"), (report.ExternalId, report.Title, report.Text));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal(TimeSpan.Zero, report.OccurredAt!.Value.Offset);
        Assert.Equal(1, report.PublishedAt!.Value.Minute);
        Assert.Equal(23, report.ExpiresAt!.Value.Day);
        Assert.Equal(("https://news.example/1", "en-GB"), (report.Url, report.Language));
        Assert.Equal((ReportStatus.Exercise, ReportAction.Update), (report.Status, report.Action));
        Assert.Equal(["abc-0"], report.References);
        Assert.Equal(new Place { Name = "Tallinn", Country = "EE", Lat = 59.44, Lon = 24.75 }, Assert.Single(report.Places));
        Assert.Equal([Domain.Cyber, Domain.Military], report.Hints!.Domains);
        Assert.Equal(Severity.High, report.Hints.Severity);
        Assert.Equal(["EE", "LV"], report.Hints.Countries);
        Assert.Equal(["Somebody"], report.Hints.Actors);
        Assert.Equal(Tlp.AmberStrict, report.Marking!.Tlp);
        Assert.Equal(["NATO"], report.Marking.ReleasableTo!);
        Assert.Equal("baltic", report.Attributes["desk"]);
    }

    [Theory]
    [InlineData("""{"title":"a"}""")]
    [InlineData("""{"text":"a"}""")]
    [InlineData("""{"title":null,"text":"a","places":null,"hints":null,"marking":null,"attributes":null,"status":null,"url":null}""")]
    public async Task Only_a_title_or_a_text_is_required(string json)
    {
        var report = await Reading.ReportOf(json);
        Assert.Equal((ReportStatus.Actual, ReportAction.New), (report.Status, report.Action));
        Assert.Null(report.Marking);
        Assert.Empty(report.Attributes);
    }

    [Theory]
    [InlineData("""{"title":1}""", "/title", "a string", "a number")]
    [InlineData("""{"title":{"x":[1]}}""", "/title", "a string", "an object")]
    [InlineData("""{"externalId":5,"title":"a"}""", "/externalId", "a string", "a number")]
    [InlineData("""{"externalId":" ","title":"a"}""", "/externalId", "1 to 512 characters", "an empty text")]
    [InlineData("""{}""", "/title", "a title or a text", "neither")]
    [InlineData("""{"title":" ","text":""}""", "/title", "a title or a text", "neither")]
    [InlineData("""{"title":"a","status":"Actual"}""", "/status", "one of actual, exercise, test, system, draft", "'Actual'")]
    [InlineData("""{"title":"a","status":"real"}""", "/status", "one of actual, exercise, test, system, draft", "'real'")]
    [InlineData("""{"title":"a","action":"delete"}""", "/action", "one of new, update, cancel", "'delete'")]
    [InlineData("""{"title":"a","hints":{"severity":"extreme"}}""", "/hints/severity", "one of info, low, medium, high, critical", "'extreme'")]
    [InlineData("""{"title":"a","hints":{"domains":["cyber","sports"]}}""", "/hints/domains/1", "one of cyber, economic, climate, military", "'sports'")]
    [InlineData("""{"title":"a","marking":{"tlp":"WHITE"}}""", "/marking/tlp", "one of CLEAR, GREEN, AMBER, AMBER+STRICT, RED", "'WHITE'")]
    [InlineData("""{"title":"a","places":[{},{"lat":90.5,"lon":0}]}""", "/places/1/lat", "a latitude from -90 to 90", "'90.5'")]
    [InlineData("""{"title":"a","places":[{"lat":0,"lon":-180.01}]}""", "/places/0/lon", "a longitude from -180 to 180", "'-180.01'")]
    [InlineData("""{"title":"a","places":[{"lat":1e999,"lon":0}]}""", "/places/0/lat", "a latitude from -90 to 90", "'1e999'")]
    [InlineData("""{"title":"a","places":[{"lat":"59","lon":0}]}""", "/places/0/lat", "a latitude from -90 to 90", "a string")]
    [InlineData("""{"title":"a","places":[{"lat":59}]}""", "/places/0/lon", "latitude and longitude, or neither", "only one of them")]
    [InlineData("""{"title":"a","places":[{"lon":59}]}""", "/places/0/lat", "latitude and longitude, or neither", "only one of them")]
    [InlineData("""{"title":"a","places":["Tallinn"]}""", "/places/0", "an object, the place", "a string")]
    [InlineData("""{"title":"a","places":{}}""", "/places", "an array", "an object")]
    [InlineData("""{"title":"a","places":[{"country":"ee"}]}""", "/places/0/country", "two letters of ISO 3166-1, upper case", "'ee'")]
    [InlineData("""{"title":"a","hints":{"countries":["EE","EST"]}}""", "/hints/countries/1", "two letters of ISO 3166-1, upper case", "'EST'")]
    [InlineData("""{"title":"a","url":"ftp://x.example/"}""", "/url", "an absolute http or https address", "'ftp://x.example/'")]
    [InlineData("""{"title":"a","url":"/relative"}""", "/url", "an absolute http or https address", "'/relative'")]
    [InlineData("""{"title":"a","language":"english language"}""", "/language", "a language tag (BCP 47)", "'english language'")]
    [InlineData("""{"title":"a","title":"b"}""", "/title", "each member once", "it twice")]
    [InlineData("""{"title":"a","x":1,"x":2}""", "/x", "each member once", "it twice")]
    [InlineData("""{"title":"a","places":[{"name":"a","name":"b"}]}""", "/places/0/name", "each member once", "it twice")]
    [InlineData("""{"title":"a","references":["b",""]}""", "/references/1", "1 to 512 characters", "an empty text")]
    [InlineData("""{"title":"a","hints":"cyber"}""", "/hints", "an object", "a string")]
    [InlineData("""{"title":"a","marking":[]}""", "/marking", "an object", "an array")]
    [InlineData("""{"title":"a","attributes":7}""", "/attributes", "an object", "a number")]
    [InlineData("""{"title":"a\u0000b"}""", "/title", "Unicode text without U+0000", "U+0000")]
    [InlineData("""{"title":"\ud800x"}""", "/title", "Unicode text without U+0000", "a lone surrogate")]
    [InlineData("""{"title":"a","text":"\udc00"}""", "/text", "Unicode text without U+0000", "a lone surrogate")]
    [InlineData("""{"title":"a","text":"\ud83d\ud83d\ude00"}""", "/text", "Unicode text without U+0000", "a lone surrogate")]
    [InlineData("""{"title":"a","x":"\u0000"}""", "/x", "Unicode text without U+0000", "U+0000")]
    public async Task What_is_wrong_is_told_by_field(string json, string pointer, string expected, string found)
    {
        var problem = await Reading.ProblemOf(json);
        Assert.Equal((pointer, expected, found), (problem.Pointer, problem.Expected, problem.Found));
    }

    [Theory]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T08:00:00")]
    [InlineData("2026-11-22 08:00:00Z")]
    [InlineData("22.11.2026")]
    [InlineData("2026-02-30T08:00:00Z")]
    [InlineData("yesterday")]
    public async Task A_date_that_is_none_is_told_by_field(string date)
    {
        var problem = await Reading.ProblemOf($$"""{"title":"a","occurredAt":"{{date}}"}""");
        Assert.Equal("/occurredAt", problem.Pointer);
        Assert.Equal($"'{date}'", problem.Found);
    }

    [Theory]
    [InlineData("title", 1_000)]
    [InlineData("text", 100_000)]
    [InlineData("externalId", 512)]
    public async Task Texts_have_bounds(string field, int bound)
    {
        string Json(int length) => field == "externalId" ? $$"""{"title":"a","externalId":"{{new string('é', length)}}"}""" : $$"""{"{{field}}":"{{new string('é', length)}}"}""";
        await Reading.ReportOf(Json(bound));
        var problem = await Reading.ProblemOf(Json(bound + 1));
        Assert.Equal(($"/{field}", $"{bound + 1}"), (problem.Pointer, problem.Found));
    }

    [Fact]
    public async Task Addresses_places_and_attributes_have_bounds()
    {
        var url = "https://x.example/" + new string('a', 2_048);
        Assert.Equal("/url", (await Reading.ProblemOf($$"""{"title":"a","url":"{{url}}"}""")).Pointer);
        var places = string.Join(',', Enumerable.Repeat("{}", 101));
        Assert.Equal("/places", (await Reading.ProblemOf($$"""{"title":"a","places":[{{places}}]}""")).Pointer);
        var attributes = string.Join(',', Enumerable.Range(0, 101).Select(index => $"\"k{index}\":\"v\""));
        Assert.Equal("/attributes", (await Reading.ProblemOf($$$"""{"title":"a","attributes":{ {{{attributes}}} }}""")).Pointer);
        Assert.Equal("/attributes", (await Reading.ProblemOf($$"""{"title":"a",{{attributes}}}""")).Pointer);
        Assert.Equal("/attributes/k", (await Reading.ProblemOf($$$"""{"title":"a","attributes":{"k":"{{{new string('v', 10_001)}}}"}}""")).Pointer);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var item = await Reading.ItemOf("""{"title":"a","occurredAt":"now","status":"x","places":[{"lat":100,"lon":200}]}""");
        Assert.Equal(["/occurredAt", "/status", "/places/0/lat", "/places/0/lon"], item.Problems.Select(problem => problem.Pointer));
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_told_by_field_and_reading_goes_on()
    {
        var items = await Reading.ItemsOf([.. "[{\"title\":\""u8, 0xFF, 0xFE, .. "\"},{\"title\":\"b\"}]"u8]);
        var problem = Assert.Single(items[0].Problems);
        Assert.Equal(("/title", "bytes that are not UTF-8"), (problem.Pointer, problem.Found));
        Assert.Equal("b", items[1].Report!.Title);
    }

    [Fact]
    public async Task What_has_no_field_is_kept_as_an_attribute()
    {
        var report = await Reading.ReportOf("""
            {"title":"a","Title":"b","score": 4.50,"tags":[ "x" , {"y" : "a b"} ],"none":null,"hints":{"urgency":"now"},"places":[{"altitude":12}],"attributes":{"n":1,"s":"t"}}
            """);
        Assert.Equal(
            new Dictionary<string, string> { ["Title"] = "b", ["score"] = "4.50", ["tags"] = """["x",{"y":"a b"}]""", ["hints.urgency"] = "now", ["places.0.altitude"] = "12", ["n"] = "1", ["s"] = "t" },
            report.Attributes.ToDictionary());
    }

    [Fact]
    public async Task An_unknown_member_does_not_hide_an_attribute_of_the_same_name()
    {
        var report = await Reading.ReportOf("""{"desk":"outer","attributes":{"desk":"own"},"title":"a"}""");
        Assert.Equal("own", report.Attributes["desk"]);
        Assert.Equal("outer", report.Attributes["_desk"]);
    }

    [Fact]
    public async Task An_empty_list_of_audiences_is_not_the_same_as_none()
    {
        Assert.Empty((await Reading.ReportOf("""{"title":"a","marking":{"tlp":"RED","releasableTo":[]}}""")).Marking!.ReleasableTo!);
        Assert.Null((await Reading.ReportOf("""{"title":"a","marking":{"tlp":"RED","releasableTo":null}}""")).Marking!.ReleasableTo);
    }

    [Fact]
    public async Task Escaped_names_of_members_are_the_same_members() =>
        Assert.Equal("a", (await Reading.ReportOf("""{"\u0074itle":"a"}""")).Title);

    [Fact]
    public async Task Surrogate_pairs_and_other_escapes_are_text() =>
        Assert.Equal("😀 \n\"/é", (await Reading.ReportOf("""{"title":"\ud83d\ude00 \n\"\/\u00e9"}""")).Title);
}
