using System.Text;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class NativeFormatTests
{
    private static readonly int[] Pieces = [1, 2, 3, 7, 4096];

    public static TheoryData<int> AnyPiece => [.. Pieces];

    [Theory, MemberData(nameof(AnyPiece))]
    public async Task One_object_is_one_report(int piece)
    {
        var item = Assert.Single(await Reading.ItemsOf("""  { "externalId": "a",  "title": "One \"}\" here" }  """, piece: piece));
        Assert.Equal("a", item.Report!.ExternalId);
        Assert.Equal("One \"}\" here", item.Report.Title);
        Assert.Equal("""{ "externalId": "a",  "title": "One \"}\" here" }""", Encoding.UTF8.GetString(item.Raw).TrimEnd());
    }

    [Theory, MemberData(nameof(AnyPiece))]
    public async Task An_array_gives_its_elements_in_order(int piece)
    {
        var items = await Reading.ItemsOf("""[ {"title":"a\\"} , {"title":"b"},{"title":"]"}]""", piece: piece);
        Assert.Equal(["a\\", "b", "]"], items.Select(item => item.Report!.Title));
        Assert.Equal([0, 1, 2], items.Select(item => item.Index));
        Assert.Equal("""{"title":"b"}""", Encoding.UTF8.GetString(items[1].Raw));
    }

    [Theory, MemberData(nameof(AnyPiece))]
    public async Task Each_line_is_a_report_and_empty_lines_are_none(int piece)
    {
        var items = await Reading.ItemsOf("{\"title\":\"a\"}\r\n\n   \n{\"title\":\"b\"}", lines: true, piece);
        Assert.Equal(["a", "b"], items.Select(item => item.Report!.Title));
        Assert.Equal([0, 1], items.Select(item => item.Index));
    }

    [Fact]
    public async Task A_look_at_the_first_line_tells_lines_from_one_object_on_several()
    {
        Assert.Equal(2, (await Reading.ItemsOf("{\"title\":\"a\"}\n{\"title\":\"b\"}\n")).Count);
        Assert.Equal("a", Assert.Single(await Reading.ItemsOf("{\n\"title\":\n\"a\"\n}\n")).Report!.Title);
    }

    [Fact]
    public async Task An_array_sent_as_lines_is_still_an_array() =>
        Assert.Equal(2, (await Reading.ItemsOf("""[{"title":"a"},{"title":"b"}]""", lines: true)).Count(item => item.Report is not null));

    [Fact]
    public async Task A_byte_order_mark_is_passed_over() =>
        Assert.Equal("a", Assert.Single(await Reading.ItemsOf([0xEF, 0xBB, 0xBF, .. """{"title":"a"}"""u8], piece: 1)).Report!.Title);

    [Fact]
    public async Task An_empty_array_has_no_items_and_an_empty_body_has_a_problem()
    {
        Assert.Empty(await Reading.ItemsOf(" [ ] "));
        var item = Assert.Single(await Reading.ItemsOf(" \n "));
        Assert.Equal("the end of the body", Assert.Single(item.Problems).Found);
    }

    [Theory, MemberData(nameof(AnyPiece))]
    public async Task After_a_broken_line_reading_goes_on_at_the_next(int piece)
    {
        var items = await Reading.ItemsOf("{\"title\":\"a\"}\n{\"title\":\"broken\n{\"title\":\"c\"}\nnot json\n{\"title\":\"e\"}\n", lines: true, piece);
        Assert.Equal(["a", null, "c", null, "e"], items.Select(item => item.Report?.Title));
        Assert.Equal("{\"title\":\"broken", Encoding.UTF8.GetString(items[1].Raw));
        Assert.Equal(30, Assert.Single(items[1].Problems).Position);
    }

    [Theory, MemberData(nameof(AnyPiece))]
    public async Task A_broken_array_ends_with_one_rejected_item_that_names_the_byte(int piece)
    {
        var items = await Reading.ItemsOf("""[{"title":"a"},{"title":01},{"title":"c"}]""", piece: piece);
        Assert.Equal(2, items.Count);
        Assert.NotNull(items[0].Report);
        Assert.True(items[1].IsBreak);
        Assert.Equal(25, Assert.Single(items[1].Problems).Position);
    }

    [Theory, MemberData(nameof(AnyPiece))]
    public async Task A_truncated_array_keeps_what_came_before(int piece)
    {
        var items = await Reading.ItemsOf("""[{"title":"a"},{"title":"b""", piece: piece);
        Assert.Equal(["a", null], items.Select(item => item.Report?.Title));
        Assert.Equal("the end of the item", Assert.Single(items[1].Problems).Found);
    }

    [Theory]
    [InlineData("""[{"title":"a"}""", "the end of the body")]
    [InlineData("""[{"title":"a"},""", "the end of the body")]
    [InlineData("""[{"title":"a"},,{"title":"b"}]""", "','")]
    [InlineData("""[{"title":"a"},]""", "']'")]
    [InlineData("""[{"title":"a"} {"title":"b"}]""", "'{'")]
    [InlineData("""[{"title":"a"}] x""", "'x'")]
    [InlineData("""[{"title":"a"}]]""", "']'")]
    [InlineData("{\"title\":\n\"a\"} x", "'x'")]
    public async Task What_follows_wrongly_is_one_rejected_item(string body, string found)
    {
        var items = await Reading.ItemsOf(body);
        Assert.Equal("a", items[0].Report!.Title);
        Assert.Equal(2, items.Count);
        Assert.Equal(1, items[1].Index);
        Assert.Equal(found, Assert.Single(items[1].Problems).Found);
    }

    [Fact]
    public async Task Elements_that_are_no_objects_are_refused_one_by_one()
    {
        var items = await Reading.ItemsOf("""[1,"two",{"title":"a"},[{}],null,true]""");
        Assert.Equal(["a number", "a string", null, "an array", "null", "a boolean"], items.Select(item => item.Problems.SingleOrDefault()?.Found));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_item_that_is_too_large_is_passed_over_without_being_held(bool lines)
    {
        var large = $"{{\"title\":\"{new string('x', 50_000)}\"}}";
        var body = lines ? $"{{\"title\":\"a\"}}\n{large}\n{{\"title\":\"c\"}}" : $"[{{\"title\":\"a\"}},{large},{{\"title\":\"c\"}}]";
        var items = await Reading.ItemsOf(body, lines, limits: new FormatLimits { ItemBytes = 10_000 });
        Assert.Equal(["a", null, "c"], items.Select(item => item.Report?.Title));
        Assert.True(items[1].IsTruncated);
        Assert.Equal(10_000, items[1].Raw.Length);
        Assert.Contains("10000 bytes", Assert.Single(items[1].Problems).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_of_exactly_the_bound_is_taken()
    {
        const string item = """{"title":"abcdef"}""";
        Assert.NotNull(Assert.Single(await Reading.ItemsOf(item, limits: new FormatLimits { ItemBytes = item.Length })).Report);
        Assert.Null(Assert.Single(await Reading.ItemsOf(item, limits: new FormatLimits { ItemBytes = item.Length - 1 })).Report);
    }

    [Fact]
    public async Task Too_deep_an_item_is_refused_and_reading_goes_on()
    {
        var deep = new string('[', 100) + new string(']', 100);
        var items = await Reading.ItemsOf($$"""[{"title":"a","x":{{deep}}},{"title":"b"}]""");
        Assert.Equal([null, "b"], items.Select(item => item.Report?.Title));
        Assert.Contains("32 deep", Assert.Single(items[0].Problems).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_example_is_accepted()
    {
        foreach (var format in FeedFormats.All.OfType<NativeFormat>())
        {
            var items = await Reading.ItemsOf(format.Example, lines: format.Name == "ndjson");
            Assert.NotEmpty(items);
            Assert.All(items, item => Assert.NotNull(item.Report));
        }
    }

    [Fact]
    public async Task The_raw_bytes_of_an_item_give_the_same_report_again()
    {
        foreach (var item in await Reading.ItemsOf("[{\"title\":\"a\",\"x\":{ \"y\":\n1}},{\n\"text\":\"b\"}]"))
        {
            var again = Assert.Single(await Reading.ItemsOf(item.Raw));
            Assert.Equal(ReportDigest.Of(item.Report!), ReportDigest.Of(again.Report!));
        }
    }
}
