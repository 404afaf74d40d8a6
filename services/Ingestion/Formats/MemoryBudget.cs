namespace Monitoring.Ingestion.Formats;

/// <summary>A bound on the bytes that several bodies hold together.</summary>
internal sealed class MemoryBudget(long bytes)
{
    public static MemoryBudget Unlimited { get; } = new(long.MaxValue);

    private long taken;

    /// <param name="more">What is taken now.</param>
    /// <param name="inAll">What the body would then hold altogether.</param>
    /// <exception cref="BusyException">There is not so much left at the moment.</exception>
    /// <exception cref="TooLargeException">There never is so much.</exception>
    public void Take(long more, long inAll)
    {
        if (inAll > bytes) throw new TooLargeException();
        if (Interlocked.Add(ref taken, more) <= bytes) return;
        GiveBack(more);
        throw new BusyException();
    }

    public void GiveBack(long less) => Interlocked.Add(ref taken, -less);
}

/// <summary>Too many large bodies are being read at once; a later try may pass.</summary>
internal sealed class BusyException() : Exception("Too many large bodies are being read at once.");

/// <summary>The body is larger than any that has to be held whole may be.</summary>
internal sealed class TooLargeException() : Exception("The body is too large for its format, of which a body is held whole.");
