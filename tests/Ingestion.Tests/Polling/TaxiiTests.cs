using System.Text;
using Monitoring.Ingestion.Polling;

namespace Monitoring.Ingestion.Tests.Polling;

public sealed class TaxiiTests
{
    private static readonly Uri Collection = new("https://a.example/api/collections/x/");
    private readonly List<string> asked = [];
    private readonly List<string> taken = [];
    private readonly List<TaxiiPosition> written = [];

    [Theory]
    [InlineData("{}", false, null, false)]
    [InlineData("""{"objects":[]}""", false, null, false)]
    [InlineData("""{"more":true,"next":"2","objects":[{"type":"indicator","more":false,"next":"no"}]}""", true, "2", true)]
    [InlineData("""{"objects":[{}],"next":"2","more":true}""", true, "2", true)]
    [InlineData("""{"more":false,"next":null}""", false, null, false)]
    public void An_envelope_says_whether_there_is_more(string json, bool more, string? next, bool objects)
    {
        Assert.True(TaxiiEnvelope.TryRead(Encoding.UTF8.GetBytes(json), out var envelope));
        Assert.Equal(new TaxiiEnvelope(more, next, objects), envelope);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("\"a\\u0000\"")]
    [InlineData("\"a\\r\\nb\"")]
    public void A_next_that_cannot_be_kept_or_sent_is_none(string next)
    {
        Assert.True(TaxiiEnvelope.TryRead(Encoding.UTF8.GetBytes($$"""{"more":true,"next":{{next}}}"""), out var envelope));
        Assert.Equal(new TaxiiEnvelope(true, null, false), envelope);
    }

    [Theory]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    public void A_next_is_two_thousand_characters_at_most(int length, bool isTaken)
    {
        Assert.True(TaxiiEnvelope.TryRead(Encoding.UTF8.GetBytes($$"""{"next":"{{new string('x', length)}}"}"""), out var envelope));
        Assert.Equal(isTaken, envelope.Next is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"objects":[{]""")]
    [InlineData("""{"more":true""")]
    public void What_is_no_envelope_is_told(string json) => Assert.False(TaxiiEnvelope.TryRead(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public async Task Pages_are_followed_by_next_and_the_last_date_is_where_the_next_poll_begins()
    {
        await WalkAsync(new("2026-01-01T00:00:00Z"),
            Page("""{"more":true,"next":"b c","objects":[{}]}""", "2026-02-01T00:00:00Z"),
            Page("""{"more":false,"objects":[{}]}""", "2026-03-01T00:00:00Z"));
        Assert.Equal(
            ["objects/?limit=500&added_after=2026-01-01T00%3A00%3A00Z", "objects/?limit=500&added_after=2026-01-01T00%3A00%3A00Z&next=b%20c"], asked);
        Assert.Equal(2, taken.Count);
        Assert.Equal([new("2026-01-01T00:00:00Z", "b c", "2026-02-01T00:00:00Z"), new("2026-03-01T00:00:00Z")], written);
    }

    [Fact]
    public async Task Where_next_is_empty_the_last_date_leads_on()
    {
        await WalkAsync(new(), Page("""{"more":true,"objects":[{}]}""", "2026-02-01T00:00:00Z"), Page("{}"));
        Assert.Equal("objects/?limit=500&added_after=2026-02-01T00%3A00%3A00Z", asked[1]);
        Assert.Single(taken);
        Assert.Equal(new("2026-02-01T00:00:00Z"), written[^1]);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData("2026-02-01T00:00:00Z,2026-02-01T00:00:00Z")]
    public async Task A_last_date_that_is_none_is_not_gone_by(string date)
    {
        await WalkAsync(new("2026-01-01T00:00:00Z"), Page("""{"objects":[{}]}""", date));
        Assert.Equal([new("2026-01-01T00:00:00Z")], written);
    }

    [Fact]
    public async Task More_without_a_way_on_is_a_failure() =>
        Assert.Contains("promises more", Reason(await WalkAsync(new(), Page("""{"more":true,"objects":[{}]}"""))), StringComparison.Ordinal);

    [Fact]
    public async Task A_server_that_goes_round_in_circles_is_left()
    {
        var page = Page("""{"more":true,"next":"2","objects":[{}]}""", "2026-02-01T00:00:00Z");
        Assert.Contains("read already", Reason(await WalkAsync(new(), page, page, page)), StringComparison.Ordinal);
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task A_walk_that_is_too_long_is_gone_on_with_later()
    {
        Assert.Equal(new PollOutcome.Fetched(200, HasMore: true), await WalkAtMostAsync(2, new(),
            Page("""{"more":true,"next":"2","objects":[{}]}""", "2026-02-01T00:00:00Z"), Page("""{"more":true,"next":"3","objects":[{}]}""", "2026-03-01T00:00:00Z")));
        Assert.Equal(new(null, "3", "2026-03-01T00:00:00Z"), written[^1]);
        Assert.Equal(new PollOutcome.Fetched(200), await WalkAsync(written[^1], Page("{}")));
        Assert.Equal("objects/?limit=500&next=3", asked[^1]);
        Assert.Equal(new("2026-03-01T00:00:00Z"), written[^1]);
    }

    [Fact]
    public async Task A_next_that_the_server_has_forgotten_is_made_up_for_by_the_date_and_nothing_of_its_moment_is_left_out()
    {
        await WalkAsync(new("2026-01-01T00:00:00Z", "old", "2026-02-01T00:00:00Z"), new(default, null, new PollOutcome.Failed(404, "answered 404")), Page("{}"));
        Assert.Equal("objects/?limit=500&added_after=2026-01-31T23%3A59%3A59.999999Z", asked[1]);
    }

    [Fact]
    public async Task A_next_that_is_gone_in_the_middle_of_a_walk_is_made_up_for_once_and_the_feed_is_not_gone_for_that()
    {
        var (page, gone) = (Page("""{"more":true,"next":"2","objects":[{}]}"""), new TaxiiPage(default, null, new PollOutcome.Gone(410)));
        Assert.IsType<PollOutcome.Fetched>(await WalkAsync(new("2026-01-01T00:00:00Z"), page, gone, Page("{}")));
        Assert.Equal("objects/?limit=500&added_after=2026-01-01T00%3A00%3A00Z", asked[2]);
        Assert.Contains("forgets", Reason(await WalkAsync(new(), page, gone, page, gone)), StringComparison.Ordinal);
        Assert.Equal(new PollOutcome.Gone(410), await WalkAsync(new(), gone));
    }

    [Fact]
    public async Task A_poll_that_was_changed_meanwhile_is_not_gone_on_with()
    {
        await new TaxiiWalk(Collection, 10).RunAsync(
            new(),
            address =>
            {
                asked.Add(address.Query);
                return Task.FromResult(Page("""{"more":true,"next":"2","objects":[{}]}"""));
            },
            _ => Task.FromResult<PollOutcome?>(null),
            _ => Task.FromResult(false));
        Assert.Single(asked);
    }

    [Fact]
    public async Task A_page_that_is_not_taken_is_not_passed_over()
    {
        var outcome = await new TaxiiWalk(Collection, 10).RunAsync(
            new("2026-01-01T00:00:00Z"), _ => Task.FromResult(Page("""{"objects":[{}]}""", "2026-02-01T00:00:00Z")),
            _ => Task.FromResult<PollOutcome?>(new PollOutcome.Busy()), Write);
        Assert.IsType<PollOutcome.Busy>(outcome);
        Assert.Empty(written);
    }

    [Fact]
    public async Task A_page_that_does_not_come_ends_the_walk_where_it_was()
    {
        var outcome = await WalkAsync(new(), Page("""{"more":true,"next":"2","objects":[{}]}""", "2026-02-01T00:00:00Z"), new(default, null, new PollOutcome.Failed(500, "answered 500")));
        Assert.Equal("answered 500", Reason(outcome));
        Assert.Equal("2", written[^1].Next);
    }

    [Fact]
    public async Task What_is_no_envelope_goes_to_the_format_which_tells_and_keeps_it()
    {
        Assert.Contains("no envelope", Reason(await WalkAsync(new(), Page("<html>"))), StringComparison.Ordinal);
        Assert.Equal(["<html>"], taken);
        Assert.Empty(written);
    }

    private Task<PollOutcome> WalkAsync(TaxiiPosition start, params TaxiiPage[] pages) => WalkAtMostAsync(10, start, pages);

    private Task<PollOutcome> WalkAtMostAsync(int pagesAtMost, TaxiiPosition start, params TaxiiPage[] pages)
    {
        var left = new Queue<TaxiiPage>(pages);
        return new TaxiiWalk(Collection, pagesAtMost).RunAsync(
            start,
            address =>
            {
                asked.Add(Collection.MakeRelativeUri(address).ToString());
                return Task.FromResult(left.Dequeue());
            },
            body =>
            {
                taken.Add(Encoding.UTF8.GetString(body.Span));
                return Task.FromResult<PollOutcome?>(null);
            },
            Write);
    }

    private Task<bool> Write(TaxiiPosition position)
    {
        written.Add(position);
        return Task.FromResult(true);
    }

    private static TaxiiPage Page(string json, string? addedLast = null) => new(Encoding.UTF8.GetBytes(json), addedLast);

    private static string Reason(PollOutcome outcome) => Assert.IsType<PollOutcome.Failed>(outcome).Reason;
}
