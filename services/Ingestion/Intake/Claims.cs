namespace Monitoring.Ingestion.Intake;

/// <summary>An item of a post under an Idempotency-Key.</summary>
internal readonly record struct ClaimId(Guid FeedId, string Key, int Index)
{
    public static ClaimId? Of(IntakeItem item) => item.Key is { } key ? new(item.Feed.Id, key.Value, item.Index) : null;
}

/// <summary>What was done with the item that first came under a <see cref="ClaimId"/>.</summary>
internal readonly record struct Claim(byte[] Digest, IntakeResult Result);

/// <summary>
/// Keeps the promise of the Idempotency-Key for a group: an item that was done is answered as it was then, and one that came twice in the
/// group is done once. What is left over is for the <see cref="GroupPlan"/>.
/// </summary>
internal sealed class Claims
{
    private readonly IReadOnlyList<IntakeItem> items;
    private readonly IntakeResult[] results;
    /// <summary>For each item the one that answers for it, or itself; -1 where it is answered already.</summary>
    private readonly int[] answeredBy;

    /// <param name="items">The group, in order of arrival.</param>
    /// <param name="stored">The claims of its items that are there.</param>
    public Claims(IReadOnlyList<IntakeItem> items, IReadOnlyDictionary<ClaimId, Claim> stored)
    {
        this.items = items;
        results = new IntakeResult[items.Count];
        answeredBy = new int[items.Count];
        var first = new Dictionary<ClaimId, int>();
        for (var at = 0; at < items.Count; at++)
        {
            answeredBy[at] = at;
            if (ClaimId.Of(items[at]) is not { } id) continue;
            if (stored.TryGetValue(id, out var claim)) Answer(at, Matches(claim.Digest, items[at]) ? claim.Result : KeyReused);
            else if (items[at].Key!.SettledDigest is not null) Answer(at, KeyReused);
            else if (!first.TryAdd(id, at)) answeredBy[at] = first[id];
        }
        Open = [.. Enumerable.Range(0, items.Count).Where(at => answeredBy[at] == at).Select(at => items[at])];
    }

    private static IntakeResult KeyReused => new(IntakeOutcome.KeyReused, 0);

    /// <summary>The items that something is to be done with, in order.</summary>
    public IReadOnlyList<IntakeItem> Open { get; }

    /// <summary>The results of all items, once those of <see cref="Open"/> are known.</summary>
    public IntakeResult[] Complete(IntakeResult[] open)
    {
        var next = 0;
        for (var at = 0; at < results.Length; at++)
        {
            if (answeredBy[at] == at) results[at] = open[next++];
            else if (answeredBy[at] >= 0) results[at] = Matches(items[answeredBy[at]].Digest, items[at]) ? results[answeredBy[at]] : KeyReused;
        }
        return results;
    }

    private void Answer(int at, IntakeResult result)
    {
        results[at] = result;
        answeredBy[at] = -1;
    }

    private static bool Matches(byte[] digest, IntakeItem item) => digest.AsSpan().SequenceEqual(item.Digest);
}
