using Monitoring.Ingestion.Polling;
using Monitoring.Ingestion.Storage;

namespace Monitoring.Ingestion.Tests.Polling;

public sealed class PollStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_taken_in_is_asked_for_by_its_validators_from_then_on()
    {
        var state = After(new PollOutcome.Fetched(200, "\"new\"", "Tue, 24 Nov 2026 11:00:00 GMT"));
        Assert.Equal(("\"new\"", "Tue, 24 Nov 2026 11:00:00 GMT", 0, 200, null), (state.Etag, state.LastModified, state.Failures, state.LastStatus, state.LastError));
        Assert.InRange(state.NextAt - Now, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(11));
    }

    [Fact]
    public void An_answer_without_validators_forgets_the_old_ones() => Assert.Null(After(new PollOutcome.Fetched(200)).Etag);

    [Fact]
    public void Nothing_new_keeps_the_validators_and_ends_the_failures()
    {
        var state = After(new PollOutcome.Unmodified(304));
        Assert.Equal(("\"old\"", 0, 304), (state.Etag, state.Failures, state.LastStatus));
    }

    [Fact]
    public void A_failure_keeps_the_validators_and_says_why()
    {
        var state = After(new PollOutcome.Failed(503, "answered\n503", TimeSpan.FromHours(3)));
        Assert.Equal(("\"old\"", 3, 503, "answered 503", Now.AddHours(3)), (state.Etag, state.Failures, state.LastStatus, state.LastError, state.NextAt));
    }

    [Fact]
    public void A_reason_that_the_database_would_not_take_is_cleaned_and_cut_between_characters()
    {
        var reason = After(new PollOutcome.Failed(null, $"\0{new string('x', 497)}😀 and more")).LastError!;
        Assert.Equal(499, reason.Length);
        Assert.EndsWith("x…", reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', reason);
    }

    [Fact]
    public void What_is_gone_is_switched_off() => Assert.False(After(new PollOutcome.Gone(410)).IsEnabled);

    [Fact]
    public void A_busy_intake_is_told_and_left_alone_longer_each_time()
    {
        var state = After(new PollOutcome.Busy());
        Assert.Equal(("\"old\"", 3, "the intake had no room"), (state.Etag, state.Failures, state.LastError));
        Assert.InRange(state.NextAt - Now, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void What_is_left_of_a_long_collection_is_asked_for_soon()
    {
        var state = After(new PollOutcome.Fetched(200, HasMore: true));
        Assert.Equal(0, state.Failures);
        Assert.InRange(state.NextAt - Now, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2.5));
    }

    private static PollState After(PollOutcome outcome) => PollState.After(outcome, new PollRow
    {
        FeedId = Guid.Empty,
        Address = "https://a.example/",
        Kind = PollKind.Http,
        Every = TimeSpan.FromMinutes(10),
        IsEnabled = true,
        Revision = 1,
        Etag = "\"old\"",
        LastModified = "Mon, 23 Nov 2026 11:00:00 GMT",
        NextAt = Now,
        Failures = 2,
        LastError = "earlier",
        CreatedAt = Now,
        UpdatedAt = Now,
    }, new Schedule(new Random(1)), Now);
}
