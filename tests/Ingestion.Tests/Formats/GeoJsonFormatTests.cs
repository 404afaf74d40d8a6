using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class GeoJsonFormatTests
{
    private static readonly GeoJsonFormat Format = new();

    [Fact]
    public async Task Properties_are_taken_by_their_usual_names_and_the_others_are_kept()
    {
        var report = await Reading.ReportOf(Format, """
            {"type":"FeatureCollection","features":[{"type":"Feature","id":17,"geometry":{"type":"Point","coordinates":[24.75,59.44]},"properties":{
              "name":"Slick","headline":"Oil slick off Tallinn","description":"<p>Two miles &amp; growing.</p>","time":1795334400000,"published":"2026-11-22T09:00:00Z","link":"https://news.example/17",
              "lang":"en","location":"Gulf of Finland","iso3":"EST","severity":"medium","vessel":{"name":"unknown"}}}]}
            """);
        Assert.Equal("17", report.ExternalId);
        Assert.Equal("Oil slick off Tallinn", report.Title);
        Assert.Equal("Two miles & growing.", report.Text);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero), report.PublishedAt);
        Assert.Equal("https://news.example/17", report.Url);
        Assert.Equal([new Place { Name = "Gulf of Finland", Country = "EE", Lat = 59.44, Lon = 24.75 }], report.Places);
        Assert.Equal(Severity.Medium, report.Hints!.Severity);
        Assert.Equal("Slick", report.Attributes["name"]);
        Assert.Equal("""{"name":"unknown"}""", report.Attributes["vessel"]);
        Assert.Equal(2, report.Attributes.Count);
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[-70.5,-33.25,500]}""", -33.25, -70.5)]
    [InlineData("""{"type":"LineString","coordinates":[[10,50],[20,60]]}""", 55.0, 15.0)]
    [InlineData("""{"type":"Polygon","coordinates":[[[10,50],[14,50],[14,54],[10,54],[10,50]],[[11,51],[12,51],[12,52],[11,51]]]}""", 52.0, 12.0)]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[178,-18],[180,-18],[180,-16],[178,-16],[178,-18]]],[[[-180,-18],[-178,-18],[-178,-16],[-180,-18]]]]}""", -17.0, 179.0)]
    [InlineData("""{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"Point","coordinates":[3,4]}]}""", 2.0, 1.0)]
    [InlineData("""{"type":"Point","coordinates":[]}""", null, null)]
    [InlineData("""{"type":"Point","coordinates":[200,95]}""", null, null)]
    public async Task A_point_stands_for_the_geometry(string geometry, double? lat, double? lon)
    {
        var report = await Reading.ReportOf(Format, $$"""{"type":"Feature","geometry":{{geometry}},"properties":{"title":"Here","place":"Here"} }""");
        Assert.Equal((lat, lon), (Assert.Single(report.Places).Lat, report.Places[0].Lon));
    }

    [Theory]
    [InlineData("[10,50,14,54]", 52.0, 12.0)]
    [InlineData("[10,50,-100,14,54,900]", 52.0, 12.0)]
    [InlineData("[177,-20,-178,-16]", -18.0, 179.5)]
    public async Task Without_a_geometry_the_middle_of_the_bounds_serves_also_across_the_antimeridian(string bounds, double lat, double lon)
    {
        var report = await Reading.ReportOf(Format, $$"""{"type":"Feature","bbox":{{bounds}},"geometry":null,"properties":{"title":"Here"} }""");
        Assert.Equal([new Place { Lat = lat, Lon = lon }], report.Places);
    }

    [Fact]
    public async Task A_severity_in_other_words_is_an_attribute()
    {
        var report = await Reading.ReportOf(Format, """{"type":"Feature","geometry":null,"properties":{"title":"Here","severity":"purple","country":"Utopia"}}""");
        Assert.Null(report.Hints);
        Assert.Equal("purple", report.Attributes["severity"]);
        Assert.Equal("Utopia", report.Attributes["country"]);
    }

    [Fact]
    public async Task A_feature_without_words_is_refused()
    {
        var problem = await Reading.ProblemOf(Format, """{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"depth":4}}]}""");
        Assert.Equal("a title or a text", problem.Expected);
    }
}
