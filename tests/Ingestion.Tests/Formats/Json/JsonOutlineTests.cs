using System.Text;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Tests.Formats.Json;

public sealed class JsonOutlineTests
{
    [Theory]
    [InlineData("""{"a":1,"list":[{"x":1}, {"x":2}],"z":{}}""", """{"x":1}|{"x":2}""")]
    [InlineData("""{"list":{"x":1}}""", """{"x":1}""")]
    [InlineData(""" {"x":1} """, """{"x":1}""")]
    [InlineData("""[{"x":1},{"x":2}]""", """{"x":1}|{"x":2}""")]
    [InlineData("{\"x\":1}\n{\"x\":2}\n", """{"x":1}|{"x":2}""")]
    [InlineData("""{"\ud800":1,"list":[{"x":1}]}""", """{"x":1}""")]
    [InlineData("\uFEFF{\"list\":[]}", "")]
    public void Items_are_found_in_lists_lines_or_alone(string json, string items)
    {
        var (outline, found) = Of(json);
        Assert.Null(outline.Break);
        Assert.Equal(items, found);
    }

    [Theory]
    [InlineData("""{"list":[{"x":1},{"x":2""", """{"x":1}""", "the end of the body")]
    [InlineData("""[{"x":1},,{"x":2}]""", """{"x":1}""", "','")]
    [InlineData("", "", "nothing")]
    public void What_stands_before_a_break_is_found(string json, string items, string found)
    {
        var (outline, before) = Of(json);
        Assert.Equal(items, before);
        Assert.Equal(found, outline.Break!.Found);
    }

    [Fact]
    public void Depth_is_bounded()
    {
        var (outline, _) = Of(new string('[', 100) + new string(']', 100));
        Assert.Equal("arrays and objects at most 32 deep", outline.Break!.Expected);
    }

    [Theory]
    [InlineData("""{"vulnerabilities":[{"cveID":"CVE-1","x":1},{"other":2}]}""", "vulnerabilities[].cveID", "CVE-1")]
    [InlineData("""[{"specversion":"1.0"}]""", "[].specversion", "1.0")]
    [InlineData("""{"a":{"b":{"c":7}}}""", "a.b.c", "7")]
    [InlineData("""{"a":[1,2],"cut":"off""", "a", "")]
    public void A_sample_tells_the_members_at_the_start(string json, string path, string value) => Assert.Equal(value, BodySample.Of(Encoding.UTF8.GetBytes(json))[path]);

    private static (JsonOutline Outline, string Items) Of(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var outline = JsonOutline.Of(bytes, 32, "list");
        return (outline, string.Join('|', outline.Items.Select(item => Encoding.UTF8.GetString(bytes, item.Start, item.Length))));
    }
}
