namespace Monitoring.Load.Figures;

/// <summary>A distribution of durations, in milliseconds.</summary>
internal sealed record Percentiles(int Count, double P50, double P95, double P99, double Max)
{
    public static Percentiles? Of(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Select(duration => duration.TotalMilliseconds).Order().ToArray();
        if (sorted.Length == 0) return null;
        double At(double share) => Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))], 2);
        return new(sorted.Length, At(0.50), At(0.95), At(0.99), At(1));
    }
}
