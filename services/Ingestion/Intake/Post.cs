using System.Buffers.Binary;
using System.Security.Cryptography;
using Monitoring.Contracts;
using Monitoring.Ingestion.Feeds;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Quarantine;
using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Bulk;

namespace Monitoring.Ingestion.Intake;

/// <summary>Where the items of posts go.</summary>
internal sealed record PostTargets(GroupCommit<IntakeItem, IntakeResult> Commit, QuarantineStore Quarantine, IdempotentPosts IdempotentPosts);

/// <summary>One post on its way: gathers items into chunks, hands them over, and collects what became of each.</summary>
internal sealed class Post(PostTargets targets, KnownFeed feed, FeedFormat format, PostKey? key, DateTimeOffset receivedAt, string? traceId) : IDisposable
{
    private const int ChunkItems = 500;
    private const int ChunkBytes = 4 << 20;
    /// <summary>While one chunk is committed the next is read, and no more: that bounds what a post holds.</summary>
    private const int ChunksAtOnce = 2;

    private sealed record Chunk(List<IntakeItem> Items, Task<IReadOnlyList<IntakeResult>> Results);

    private readonly Queue<Chunk> submitted = new();
    private readonly List<TakenItem> accepted = [];
    private readonly List<TakenItem> duplicates = [];
    private readonly List<RejectedItem> rejected = [];
    private readonly List<QuarantinedItem> refused = [];
    private readonly IncrementalHash? digest = key is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private List<IntakeItem> chunk = [];
    private int chunkBytes;
    private int refusedBytes;
    private bool isBroken;

    /// <summary>Items that were added.</summary>
    public int Items { get; private set; }

    /// <summary>Too much is waiting to be committed; nothing of this post was taken.</summary>
    public bool IsTurnedAway { get; private set; }

    /// <summary>The Idempotency-Key stands for another post.</summary>
    public bool IsKeyReused { get; private set; }

    public bool HasTaken => accepted.Count + duplicates.Count > 0;

    public async ValueTask AddAsync(FeedItem item, CancellationToken cancellationToken)
    {
        Items++;
        isBroken |= item.IsBreak;
        AddToDigest(item.Raw);
        if (item.Report is { } report)
        {
            chunk.Add(new IntakeItem
            {
                Feed = feed,
                Id = Ids.Report(feed.Id, report.ExternalId),
                Report = report,
                Digest = ReportDigest.Of(report),
                Raw = item.Raw,
                Format = format.Name,
                Index = item.Index,
                ReceivedAt = receivedAt,
                TraceId = traceId,
                Key = key,
            });
            chunkBytes += item.Raw.Length;
            if (chunk.Count >= ChunkItems || chunkBytes >= ChunkBytes) await SubmitAsync(cancellationToken);
            return;
        }
        Reject(item);
        if (refused.Count >= ChunkItems || refusedBytes >= ChunkBytes) await KeepRefusedAsync(cancellationToken);
    }

    /// <summary>The body ends before its content does.</summary>
    public void Break(string reason)
    {
        isBroken = true;
        rejected.Add(new RejectedItem(Items, ItemProblem.Of([new FormatProblem("", "the rest of the body", reason)]), null));
    }

    /// <summary>Waits until everything is committed.</summary>
    public async Task<PostAnswer> CompleteAsync(CancellationToken cancellationToken)
    {
        await SubmitAsync(cancellationToken);
        while (submitted.Count > 0) await CollectAsync();
        await KeepRefusedAsync(cancellationToken);
        if (!IsTurnedAway) await SettleAsync(cancellationToken);
        if (rejected.Count > 0) IntakeMetrics.Rejected(rejected.Count);
        rejected.Sort((left, right) => left.Index.CompareTo(right.Index));
        return new PostAnswer(accepted, duplicates, rejected);
    }

    public void Dispose() => digest?.Dispose();

    private void Reject(FeedItem item)
    {
        var hasBytes = item.Raw.Length > 0;
        var id = hasBytes ? QuarantinedItem.IdOf(feed.Id, format.Name, item.Raw) : default(Guid?);
        rejected.Add(new RejectedItem(item.Index, ItemProblem.Of(item.Problems), id));
        if (!hasBytes) return;
        refusedBytes += item.Raw.Length;
        refused.Add(new QuarantinedItem
        {
            Id = id!.Value,
            FeedId = feed.Id,
            ReceivedAt = receivedAt,
            Format = format.Name,
            Index = item.Index,
            Problems = item.Problems,
            Raw = item.Raw,
            IsTruncated = item.IsTruncated,
            TraceId = traceId,
        });
    }

    private async Task SubmitAsync(CancellationToken cancellationToken)
    {
        if (chunk.Count == 0 || IsTurnedAway) return;
        if (submitted.Count == ChunksAtOnce) await CollectAsync();
        var isFirst = submitted.Count == 0 && !HasTaken;
        // Only a post of which nothing was taken can be turned away; one that has begun waits for its turn.
        var results = isFirst ? targets.Commit.TrySubmit(chunk) : targets.Commit.SubmitAsync(chunk, cancellationToken);
        if (results is null) IsTurnedAway = true;
        else submitted.Enqueue(new Chunk(chunk, results));
        (chunk, chunkBytes) = ([], 0);
    }

    private async Task CollectAsync()
    {
        var (items, pending) = submitted.Dequeue();
        var results = await pending;
        for (var at = 0; at < items.Count; at++)
        {
            var (item, result) = (items[at], results[at]);
            switch (result.Outcome)
            {
                case IntakeOutcome.Accepted:
                    accepted.Add(new TakenItem(item.Index, item.Id, item.Report.ExternalId, result.Revision));
                    break;
                case IntakeOutcome.Duplicate:
                    duplicates.Add(new TakenItem(item.Index, item.Id, item.Report.ExternalId, result.Revision));
                    break;
                case IntakeOutcome.Refused:
                    var problem = new FormatProblem("", "an item that the database takes", "one that it does not take");
                    rejected.Add(new RejectedItem(item.Index, ItemProblem.Of([problem]), QuarantinedItem.IdOf(feed.Id, format.Name, item.Raw)));
                    break;
                case IntakeOutcome.KeyReused:
                    IsKeyReused = true;
                    break;
            }
        }
    }

    private async Task KeepRefusedAsync(CancellationToken cancellationToken)
    {
        if (refused.Count == 0 || IsTurnedAway) return;
        await targets.Quarantine.KeepAsync(refused, cancellationToken);
        refused.Clear();
        refusedBytes = 0;
    }

    private void AddToDigest(byte[] raw)
    {
        if (digest is null) return;
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, raw.Length);
        digest.AppendData(length);
        digest.AppendData(raw);
    }

    /// <summary>
    /// A post that had an effect and was read to its end makes its key stand for it. One that was refused whole, or broke off, may be sent
    /// again under the same key, mended.
    /// </summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (key is null || digest is null || isBroken) return;
        var own = digest.GetHashAndReset();
        if (key.SettledDigest is { } settled) IsKeyReused |= !settled.AsSpan().SequenceEqual(own);
        else if (HasTaken && !IsKeyReused) await targets.IdempotentPosts.SettleAsync(feed.Id, key.Value, own, cancellationToken);
    }
}
