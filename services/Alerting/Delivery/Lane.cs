using Monitoring.Alerting.Channels;

namespace Monitoring.Alerting.Delivery;

/// <summary>
/// The deliveries to one channel that this copy has claimed: so many at once as the channel takes, and the rest in a row. Each channel has
/// its own, so that a slow one holds up nobody else. Nothing runs while there is nothing to do.
/// </summary>
internal sealed class Lane(Channel channel, Func<Lane, PendingDelivery, Task> attempt, Action ranLow)
{
    /// <summary>As many as a burst may bring; what is beyond waits in the table.</summary>
    private const int Capacity = 1_000;

    private readonly Lock gate = new();
    private readonly Queue<PendingDelivery> waiting = new();
    private readonly List<Task> attempts = [];
    private Channel channel = channel;
    private DateTimeOffset pausedUntil = DateTimeOffset.MinValue;
    private int running;
    private bool closed;
    /// <summary>The table has deliveries that are older than any new one: these have their turn first.</summary>
    private bool behind;
    private bool asked;

    public Channel Channel
    {
        get { lock (gate) return channel; }
        set { lock (gate) channel = value; }
    }

    /// <summary>Whether a new delivery may come here directly, past the table.</summary>
    public bool TakesNew(DateTimeOffset now)
    {
        lock (gate) return IsOpen(now) && !behind && waiting.Count < Capacity;
    }

    /// <summary>Takes new deliveries, and begins with as many as may run.</summary>
    /// <returns>Those it does not take.</returns>
    public IReadOnlyList<PendingDelivery> Offer(IReadOnlyList<PendingDelivery> deliveries, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!IsOpen(now)) return deliveries;
            var taken = Math.Min(deliveries.Count, Capacity - waiting.Count);
            behind |= taken < deliveries.Count;
            Begin(deliveries.Take(taken));
            return [.. deliveries.Skip(taken)];
        }
    }

    /// <summary>How many deliveries the lane would take from the table now; few, since what waits here is claimed for nothing.</summary>
    public int Room(DateTimeOffset now)
    {
        lock (gate)
        {
            asked = false;
            return IsOpen(now) ? Math.Max(0, (4 * channel.MaxInFlight) - running - waiting.Count) : 0;
        }
    }

    /// <summary>Takes what was claimed from the table because there was <paramref name="room"/>.</summary>
    /// <returns>Those it does not take.</returns>
    public IReadOnlyList<PendingDelivery> Refill(IReadOnlyList<PendingDelivery> deliveries, int room, DateTimeOffset now)
    {
        lock (gate)
        {
            behind = deliveries.Count >= room;
            if (!IsOpen(now)) return deliveries;
            Begin(deliveries);
            return [];
        }
    }

    /// <summary>Starts nothing until then, as the target asked.</summary>
    /// <returns>What had waited for its turn.</returns>
    public IReadOnlyList<PendingDelivery> Pause(DateTimeOffset until)
    {
        lock (gate)
        {
            if (until > pausedUntil) pausedUntil = until;
            return Empty();
        }
    }

    /// <summary>Starts nothing any more.</summary>
    /// <returns>What had waited for its turn.</returns>
    public IReadOnlyList<PendingDelivery> Close()
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

    private bool IsOpen(DateTimeOffset now) => !closed && channel.Enabled && pausedUntil <= now;

    private void Begin(IEnumerable<PendingDelivery> deliveries)
    {
        foreach (var delivery in deliveries) waiting.Enqueue(delivery);
        attempts.RemoveAll(task => task.IsCompleted);
        for (var starting = Math.Min(channel.MaxInFlight - running, waiting.Count); starting > 0; starting--)
        {
            running++;
            attempts.Add(Task.Run(WorkAsync));
        }
    }

    private PendingDelivery[] Empty()
    {
        PendingDelivery[] left = [.. waiting];
        waiting.Clear();
        return left;
    }

    private async Task WorkAsync()
    {
        while (Next() is { } next) await attempt(this, next);
    }

    private PendingDelivery? Next()
    {
        PendingDelivery? next = null;
        bool low;
        lock (gate)
        {
            if (running > channel.MaxInFlight || !waiting.TryDequeue(out next)) running--;
            low = behind && !asked && !closed && waiting.Count < channel.MaxInFlight;
            asked |= low;
        }
        if (low) ranLow();
        return next;
    }
}
