using Monitoring.Contracts;
using Monitoring.Ingestion.Feeds;

namespace Monitoring.Ingestion.Intake;

/// <summary>A revision to be written.</summary>
internal sealed record NewRevision(IntakeItem Item, int Revision)
{
    /// <summary>What the other services are told: without a marking or a language of its own a report bears its feed's.</summary>
    public ReceivedReport Received => new()
    {
        Id = Item.Id,
        Revision = Revision,
        FeedId = Item.Feed.Id,
        Feed = Item.Feed.Name,
        ReceivedAt = Item.ReceivedAt,
        TraceId = Item.TraceId,
        Reliability = Item.Feed.Reliability,
        Family = Item.Feed.Family,
        Report = Complete(Item.Report, Item.Feed),
    };

    private static Report Complete(Report report, KnownFeed feed) =>
        (report.Marking is null && feed.Marking is not null) || (report.Language is null && feed.Language is not null)
            ? report with { Marking = report.Marking ?? feed.Marking, Language = report.Language ?? feed.Language }
            : report;
}

/// <summary>
/// What a group of items does to the reports: numbered in the order of arrival, A, B, A of one report is three revisions, and A, A is one
/// with a duplicate.
/// </summary>
internal sealed record GroupPlan
{
    /// <summary>One for each item, in order.</summary>
    public required IntakeResult[] Results { get; init; }
    public required List<NewRevision> Revisions { get; init; }
    /// <summary>The last of <see cref="Revisions"/> of each report.</summary>
    public required Dictionary<Guid, NewRevision> Newest { get; init; }

    /// <summary>Of reports that are there already, those of which the items tell anything else than they do as they stand.</summary>
    /// <param name="items">The group.</param>
    /// <param name="existing">The reports that are there.</param>
    /// <param name="stored">How they stand, unless they are gone meanwhile.</param>
    public static Guid[] Changing(IReadOnlyList<IntakeItem> items, Guid[] existing, IReadOnlyDictionary<Guid, Head> stored)
    {
        var changing = existing.Where(id => !stored.ContainsKey(id)).ToHashSet();
        foreach (var item in items)
            if (stored.TryGetValue(item.Id, out var head) && !head.Digest.AsSpan().SequenceEqual(item.Digest)) changing.Add(item.Id);
        return [.. changing];
    }

    /// <param name="items">In order of arrival.</param>
    /// <param name="stored">The reports that are there, as they stand.</param>
    public static GroupPlan Make(IReadOnlyList<IntakeItem> items, IReadOnlyDictionary<Guid, Head> stored)
    {
        var results = new IntakeResult[items.Count];
        var revisions = new List<NewRevision>(items.Count);
        var newest = new Dictionary<Guid, NewRevision>(items.Count);
        for (var at = 0; at < items.Count; at++)
        {
            var item = items[at];
            var head = newest.TryGetValue(item.Id, out var planned) ? new Head(planned.Revision, planned.Item.Digest) : stored.GetValueOrDefault(item.Id);
            if (head.Digest is not null && head.Digest.AsSpan().SequenceEqual(item.Digest))
            {
                results[at] = new(IntakeOutcome.Duplicate, head.Revision);
                continue;
            }
            var revision = new NewRevision(item, head.Revision + 1);
            results[at] = new(IntakeOutcome.Accepted, revision.Revision);
            revisions.Add(revision);
            newest[item.Id] = revision;
        }
        return new GroupPlan { Results = results, Revisions = revisions, Newest = newest };
    }
}
