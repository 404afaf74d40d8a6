using System.Diagnostics.Metrics;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Telemetry;

namespace Monitoring.Ingestion.Freshness;

/// <summary>How many feeds are fresh, late, silent, or not known well enough.</summary>
internal static class HealthMetrics
{
    private static readonly int[] Counts = new int[Enum.GetValues<FeedHealth>().Length];

    static HealthMetrics() => Metrics.Meter.CreateObservableGauge("monitoring.feeds", Measure, "{feed}", "Feeds, by health.");

    public static void Found(IEnumerable<FeedHealth> states)
    {
        var counts = new int[Counts.Length];
        foreach (var state in states) counts[(int)state]++;
        for (var state = 0; state < counts.Length; state++) Volatile.Write(ref Counts[state], counts[state]);
    }

    private static IEnumerable<Measurement<int>> Measure() =>
        Enum.GetValues<FeedHealth>().Select(state => new Measurement<int>(Volatile.Read(ref Counts[(int)state]), new KeyValuePair<string, object?>("health", Wire<FeedHealth>.Name(state))));
}
