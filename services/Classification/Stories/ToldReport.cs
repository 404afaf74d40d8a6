using System.Text.Json.Serialization;
using Monitoring.Classification.Judging;
using Monitoring.Contracts;

namespace Monitoring.Classification.Stories;

/// <summary>What an incident needs of one of its reports; kept with the report's record.</summary>
internal sealed record ToldReport
{
    private const int HeadlineAtMost = 200;
    private const int SummaryAtMost = 600;

    public required Guid Id { get; init; }
    // To be set, not only initialised: the generated reader would give null where it is absent.
    public string ExternalId { get; set; } = "";
    /// <summary>As it was told; absent or empty where it was told without one.</summary>
    public string? Title { get; init; }
    /// <summary>As far as it is judged.</summary>
    public required string Text { get; init; }
    /// <summary>What the feed says of its language.</summary>
    public string? Language { get; init; }
    public Hints? Hints { get; init; }
    public string? Url { get; init; }
    public required Guid FeedId { get; init; }
    // To be set, not only initialised: the generated reader would give the first value, A, where it is absent.
    public Reliability Reliability { get; set; } = Reliability.F;
    /// <summary>The publisher's house; a feed without one is its own.</summary>
    public required string Family { get; init; }
    public required ReportStatus Status { get; init; }
    public required Marking Marking { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public DateTimeOffset? OccurredAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>Those that the feed named; what the text names is the verdict's.</summary>
    public required IReadOnlyList<Place> Places { get; init; }
    public required Verdict Verdict { get; init; }
    public string? TraceId { get; init; }

    /// <summary>The title, or the beginning of the text where there is none, in a line; the feed's name for it where there is neither.</summary>
    [JsonIgnore]
    public string Headline => Shorten(Title is { Length: > 0 } ? Title : Text.Length > 0 ? Text : ExternalId, HeadlineAtMost);

    /// <summary>The beginning of the text, or the headline where there is none, in a line.</summary>
    [JsonIgnore]
    public string Summary => Text.Length > 0 ? Shorten(Text, SummaryAtMost) : Headline;

    /// <summary>Where it happened: as the feed says, else as the text does.</summary>
    [JsonIgnore]
    public IReadOnlyList<Place> Scenes => Places.Count > 0 ? Places : Verdict.Places;

    /// <summary>When its source told it.</summary>
    [JsonIgnore]
    public DateTimeOffset ToldAt => PublishedAt ?? ReceivedAt;

    public static ToldReport Of(ReceivedReport received, Verdict verdict)
    {
        var report = received.Report;
        return new()
        {
            Id = received.Id,
            ExternalId = report.ExternalId,
            Title = report.Title,
            Text = report.Text is { Length: > Judgement.CharactersRead } text ? text[..Judgement.CharactersRead] : report.Text ?? "",
            Language = report.Language,
            Hints = report.Hints,
            Url = report.Url,
            FeedId = received.FeedId,
            Reliability = received.Reliability,
            Family = received.Family ?? received.FeedId.ToString(),
            Status = report.Status,
            Marking = report.Marking ?? new Marking(),
            ReceivedAt = received.ReceivedAt.ToUniversalTime(),
            PublishedAt = report.PublishedAt?.ToUniversalTime(),
            OccurredAt = report.OccurredAt?.ToUniversalTime(),
            ExpiresAt = report.ExpiresAt?.ToUniversalTime(),
            Places = report.Places,
            Verdict = verdict,
            TraceId = received.TraceId,
        };
    }

    /// <summary>The report as far as judging reads it, to be judged again.</summary>
    public Report ToReport() => new()
    {
        ExternalId = "", Title = Title, Text = Text, Language = Language, Hints = Hints, Places = Places, PublishedAt = PublishedAt, OccurredAt = OccurredAt, Url = Url,
    };

    private static string Shorten(string text, int length)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length <= length) return text;
        // Never half of a surrogate pair.
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end].TrimEnd() + "…";
    }
}
