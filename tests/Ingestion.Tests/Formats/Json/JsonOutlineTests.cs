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
    [InlineData("[1,2,3,4,5]")]
    [InlineData("{\"list\":[1,2,3,4,5]}")]
    [InlineData("1 2 3 4 5")]
    public void One_item_more_than_there_may_be_is_found_and_no_further_ones(string json) => Assert.Equal("1|2|3", Of(json, new FormatLimits { Items = 2 }).Items);

    [Fact]
    public void Not_all_of_very_many_members_are_kept()
    {
        var (outline, items) = Of($"{{{string.Join(',', Enumerable.Range(0, 5_000).Select(number => $"\"m{number}\":1"))},\"list\":[7]}}");
        Assert.Equal("7", items);
        Assert.InRange(outline.Members.Count, 1, 1_000);
    }

    [Theory]
    [InlineData("""{"vulnerabilities":[{"cveID":"CVE-1","x":1},{"other":2}]}""", "vulnerabilities[].cveID", "CVE-1")]
    [InlineData("""[{"specversion":"1.0"}]""", "[].specversion", "1.0")]
    [InlineData("""{"a":{"b":{"c":7}}}""", "a.b.c", "7")]
    [InlineData("""{"a":[1,2],"cut":"off""", "a", "")]
    public void A_sample_tells_the_members_at_the_start(string json, string path, string value) => Assert.Equal(value, BodySample.Of(Encoding.UTF8.GetBytes(json))[path]);

    private static (JsonOutline Outline, string Items) Of(string json, FormatLimits? limits = null)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var outline = JsonOutline.Of(bytes, limits ?? FormatLimits.Default, "list");
        return (outline, string.Join('|', outline.Items.Select(item => Encoding.UTF8.GetString(bytes, item.Start, item.Length))));
    }
}
