namespace Monitoring.Ingestion.Formats;

/// <summary>A bound on the bytes that several bodies hold together.</summary>
internal sealed class MemoryBudget(long bytes)
{
    public static MemoryBudget Unlimited { get; } = new(long.MaxValue);

    private long taken;

    /// <exception cref="BusyException">There is not so much left at the moment.</exception>
    public void Take(long more)
    {
        if (Interlocked.Add(ref taken, more) <= bytes) return;
        GiveBack(more);
        throw new BusyException();
    }

    public void GiveBack(long less) => Interlocked.Add(ref taken, -less);
}

/// <summary>Too many large bodies are being read at once; a later try may pass.</summary>
internal sealed class BusyException() : Exception("Too many large bodies are being read at once.");
