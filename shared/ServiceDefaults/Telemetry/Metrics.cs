using System.Diagnostics.Metrics;

namespace Monitoring.ServiceDefaults.Telemetry;

/// <summary>The meter of all services' instruments, and the instruments that every service has.</summary>
public static class Metrics
{
    public const string MeterName = "Monitoring";

    /// <summary>Services make their own instruments on it, named <c>monitoring.&lt;what&gt;</c>.</summary>
    public static Meter Meter { get; } = new(MeterName);

    private static long outboxDepth;
    private static double outboxAgeSeconds;

    static Metrics()
    {
        Meter.CreateObservableGauge("monitoring.outbox.depth", () => Interlocked.Read(ref outboxDepth), "{message}", "Committed messages that are not known to be published.");
        Meter.CreateObservableGauge("monitoring.outbox.age", () => Volatile.Read(ref outboxAgeSeconds), "s", "Age of the oldest of them.");
    }

    internal static void SetOutbox(long depth, TimeSpan age)
    {
        Interlocked.Exchange(ref outboxDepth, depth);
        Volatile.Write(ref outboxAgeSeconds, age.TotalSeconds);
    }
}
