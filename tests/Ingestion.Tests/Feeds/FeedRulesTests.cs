using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Feeds;

namespace Monitoring.Ingestion.Tests.Feeds;

public sealed class FeedRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    public void A_feed_has_a_name_that_can_be_read(string name) => Assert.Equal(["name"], Wrong(name, new FeedFacts()));

    [Fact]
    public void Each_field_that_is_wrong_is_named()
    {
        var facts = new FeedFacts
        {
            Marking = new Marking { ReleasableTo = [""] },
            Format = "telepathy",
            Columns = new Dictionary<string, string> { ["title"] = "", ["colour"] = "Colour" },
            Family = new string('x', 101),
            Language = "english please",
            Owner = "Estonia",
        };
        Assert.Equal(
            ["name", "rateLimit", "marking.releasableTo", "format", "columns.title", "columns", "family", "language", "owner"],
            Wrong(new string('x', 101), facts, rateLimit: -1));
    }

    [Fact]
    public void A_feed_may_be_restricted_to_its_originator_and_unlimited() =>
        Assert.Empty(Wrong("demo", new FeedFacts { Marking = new Marking { Tlp = Tlp.Red, ReleasableTo = [] } }, rateLimit: 0));

    [Fact]
    public void A_feed_may_tell_all_about_itself() => Assert.Empty(Wrong("demo", Whole, rateLimit: 5));

    [Theory]
    [InlineData("01:30:00", 90)]
    [InlineData("7.00:00:00", 7 * 24 * 60)]
    [InlineData("PT6H", 6 * 60)]
    [InlineData("P1D", 24 * 60)]
    public void How_often_a_feed_is_expected_can_be_written_in_two_ways(string text, int minutes)
    {
        var errors = new Dictionary<string, string[]>();
        Assert.Equal(TimeSpan.FromMinutes(minutes), FeedRules.ReadDuration(text, errors));
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("hourly")]
    [InlineData("00:00:59")]
    [InlineData("-01:00:00")]
    [InlineData("P2Y")]
    public void An_expectation_that_is_none_is_refused(string text)
    {
        var errors = new Dictionary<string, string[]>();
        Assert.Null(FeedRules.ReadDuration(text, errors));
        Assert.Equal(["expectedEvery"], errors.Keys);
    }

    [Fact]
    public void What_a_change_does_not_name_stays_and_null_takes_away()
    {
        var errors = new Dictionary<string, string[]>();
        Assert.Equal(Whole, Whole.With(Change("{}"), errors));
        var changed = Whole.With(Change("""{"marking":null,"columns":null,"family":null,"expectedEvery":"PT1H","language":"fr"}"""), errors);
        Assert.Equal(Whole with { Marking = null, Columns = null, Family = null, ExpectedEvery = TimeSpan.FromHours(1), Language = "fr" }, changed);
        Assert.Null(Whole.With(Change("""{"expectedEvery":null}"""), errors).ExpectedEvery);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("""{"marking":{"tlp":"WHITE"}}""", "marking")]
    [InlineData("""{"columns":["title"]}""", "columns")]
    [InlineData("""{"columns":{"title":1}}""", "columns")]
    [InlineData("""{"family":7}""", "family")]
    [InlineData("""{"expectedEvery":60}""", "expectedEvery")]
    public void A_change_that_cannot_be_read_is_told_by_its_field(string change, string field)
    {
        var errors = new Dictionary<string, string[]>();
        Whole.With(Change(change), errors);
        Assert.Equal([field], errors.Keys);
    }

    private static IEnumerable<string> Wrong(string name, FeedFacts facts, int? rateLimit = null)
    {
        var errors = new Dictionary<string, string[]>();
        FeedRules.Check(name, facts, rateLimit, errors);
        return errors.Keys;
    }

    private static readonly FeedFacts Whole = new()
    {
        Marking = new Marking { Tlp = Tlp.Amber },
        Format = "ndjson",
        Columns = FeedRules.ColumnFields.ToDictionary(field => field, field => $"The {field}"),
        Family = "A house of many papers",
        Language = "pt-BR",
        Owner = "PT",
        ExpectedEvery = TimeSpan.FromMinutes(5),
    };

    private static FeedChange Change(string json) => JsonSerializer.Deserialize<FeedChange>(json, JsonSerializerOptions.Web)!;
}
