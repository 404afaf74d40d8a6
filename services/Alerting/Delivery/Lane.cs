using Monitoring.Alerting.Channels;

namespace Monitoring.Alerting.Delivery;

/// <summary>
/// The deliveries to one channel that this copy has claimed: so many at once as the channel takes, and the rest in a row. Each channel has
/// its own, so that a slow one holds up nobody else. Nothing runs while there is nothing to do.
/// </summary>
internal sealed class Lane(Channel channel, Func<Lane, ClaimedDelivery, Task> attempt, Action ranLow)
{
    /// <summary>As many as a burst may bring; what is beyond waits in the table.</summary>
    private const int Capacity = 1_000;

    private readonly Lock gate = new();
    private readonly Queue<ClaimedDelivery> waiting = new();
    private readonly List<Task> attempts = [];
    private Channel channel = channel;
    private DateTimeOffset pausedUntil = DateTimeOffset.MinValue;
    private int running;
    private bool closed;
    private bool moreInTable;

    public Channel Channel
    {
        get { lock (gate) return channel; }
        set { lock (gate) channel = value; }
    }

    /// <summary>How many deliveries the lane would take from the table now; few, since what waits here is claimed for nothing.</summary>
    public int Room(DateTimeOffset now)
    {
        lock (gate) return closed || !channel.Enabled || pausedUntil > now ? 0 : Math.Max(0, (2 * channel.MaxInFlight) - running - waiting.Count);
    }

    /// <summary>Takes deliveries, and begins with as many as may run.</summary>
    /// <param name="deliveries">Claimed ones.</param>
    /// <param name="now">The time.</param>
    /// <param name="more">Whether the table probably has more.</param>
    /// <returns>Those it does not take.</returns>
    public IReadOnlyList<ClaimedDelivery> Offer(IReadOnlyList<ClaimedDelivery> deliveries, DateTimeOffset now, bool more = false)
    {
        lock (gate)
        {
            moreInTable |= more;
            if (closed || !channel.Enabled || pausedUntil > now) return deliveries;
            var taken = Math.Min(deliveries.Count, Capacity - waiting.Count);
            for (var index = 0; index < taken; index++) waiting.Enqueue(deliveries[index]);
            var starting = Math.Min(channel.MaxInFlight - running, waiting.Count);
            attempts.RemoveAll(task => task.IsCompleted);
            for (var index = 0; index < starting; index++)
            {
                running++;
                attempts.Add(Task.Run(WorkAsync));
            }
            moreInTable |= taken < deliveries.Count;
            return [.. deliveries.Skip(taken)];
        }
    }

    /// <summary>Starts nothing until then, as the target asked.</summary>
    /// <returns>What had waited for its turn.</returns>
    public IReadOnlyList<ClaimedDelivery> Pause(DateTimeOffset until)
    {
        lock (gate)
        {
            if (until > pausedUntil) pausedUntil = until;
            return Empty();
        }
    }

    /// <summary>Starts nothing any more.</summary>
    /// <returns>What had waited for its turn.</returns>
    public IReadOnlyList<ClaimedDelivery> Close()
    {
        lock (gate)
        {
            closed = true;
            return Empty();
        }
    }

    /// <summary>Completes when nothing is under way.</summary>
    public Task IdleAsync()
    {
        lock (gate) return Task.WhenAll(attempts);
    }

    private ClaimedDelivery[] Empty()
    {
        ClaimedDelivery[] left = [.. waiting];
        waiting.Clear();
        return left;
    }

    private async Task WorkAsync()
    {
        while (TryTake(out var next)) await attempt(this, next);
    }

    private bool TryTake(out ClaimedDelivery next)
    {
        bool low;
        bool taken;
        lock (gate)
        {
            taken = waiting.TryDequeue(out next!) && running <= channel.MaxInFlight;
            if (!taken) running--;
            if (!taken && next is not null) waiting.Enqueue(next);
            low = moreInTable && !closed && waiting.Count < channel.MaxInFlight;
            if (low) moreInTable = false;
        }
        if (low) ranLow();
        return taken;
    }
}
