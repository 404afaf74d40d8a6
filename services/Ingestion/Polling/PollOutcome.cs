using Monitoring.Ingestion.Storage;

namespace Monitoring.Ingestion.Polling;

/// <summary>What came of one poll.</summary>
internal abstract record PollOutcome
{
    /// <summary>What the server has now was taken in, or so much of it that the rest is asked for soon. The validators are those to ask by next time.</summary>
    public sealed record Fetched(int Status, string? Etag = null, string? LastModified = null, string? Remark = null, bool HasMore = false) : PollOutcome;

    /// <summary>The server has nothing new.</summary>
    public sealed record Unmodified(int Status) : PollOutcome;

    /// <summary>Nothing came, or not all of it; to be tried again.</summary>
    public sealed record Failed(int? Status, string Reason, TimeSpan? RetryAfter = null) : PollOutcome;

    /// <summary>There is nothing any more, and will not be.</summary>
    public sealed record Gone(int Status) : PollOutcome;

    /// <summary>The intake had no room.</summary>
    public sealed record Busy : PollOutcome;

    /// <summary>Its name in metrics and logs.</summary>
    public string Name => this switch
    {
        Fetched => "fetched",
        Unmodified => "unmodified",
        Gone => "gone",
        Busy => "busy",
        _ => "failed",
    };
}

/// <summary>How a poll stands after an outcome.</summary>
internal sealed record PollState(
    bool IsEnabled, string? Etag, string? LastModified, DateTimeOffset NextAt, int Failures, DateTimeOffset? LastPolledAt, int? LastStatus, string? LastError)
{
    private const int ReasonLength = 500;

    public static PollState After(PollOutcome outcome, PollRow poll, Schedule schedule, DateTimeOffset now)
    {
        var before = new PollState(poll.IsEnabled, poll.Etag, poll.LastModified, now, poll.Failures, now, null, null);
        return outcome switch
        {
            PollOutcome.Fetched fetched => before with
            {
                Etag = fetched.Etag, LastModified = fetched.LastModified, NextAt = now + (fetched.HasMore ? schedule.Soon() : schedule.Next(poll.Every)), Failures = 0,
                LastStatus = fetched.Status, LastError = Clean(fetched.Remark),
            },
            PollOutcome.Unmodified unmodified => before with { NextAt = now + schedule.Next(poll.Every), Failures = 0, LastStatus = unmodified.Status },
            PollOutcome.Failed failed => before with
            {
                NextAt = now + schedule.AfterFailure(poll.Every, poll.Failures + 1, failed.RetryAfter), Failures = poll.Failures + 1,
                LastStatus = failed.Status, LastError = Clean(failed.Reason),
            },
            PollOutcome.Gone gone => before with
            {
                IsEnabled = false, Failures = poll.Failures + 1, LastStatus = gone.Status,
                LastError = "the server says that this is gone for good (410 Gone): the poll was switched off",
            },
            _ => before with
            {
                NextAt = now + schedule.AfterBusy(poll.Failures + 1), Failures = poll.Failures + 1, LastStatus = poll.LastStatus, LastError = "the intake had no room",
            },
        };
    }

    /// <summary>One line without what the database would not take.</summary>
    private static string? Clean(string? text)
    {
        if (text is null) return null;
        var line = string.Concat(text.EnumerateRunes().Select(rune => System.Text.Rune.IsControl(rune) ? " " : rune.ToString()));
        return line.Length <= ReasonLength ? line : $"{line.AsSpan(0, char.IsHighSurrogate(line[ReasonLength - 2]) ? ReasonLength - 2 : ReasonLength - 1)}…";
    }
}
