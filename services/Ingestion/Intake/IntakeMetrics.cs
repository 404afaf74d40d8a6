using System.Diagnostics.Metrics;
using Monitoring.ServiceDefaults.Telemetry;

namespace Monitoring.Ingestion.Intake;

/// <summary>What comes in, by outcome, and how large the groups are that are committed together.</summary>
internal static class IntakeMetrics
{
    private static readonly Counter<long> Items = Metrics.Meter.CreateCounter<long>("monitoring.intake.items", "{item}", "Items of posts, by outcome.");
    private static readonly Histogram<int> Group = Metrics.Meter.CreateHistogram<int>("monitoring.intake.group", "{item}", "Items that were committed together.");

    public static void Committed(int items, GroupPlan plan)
    {
        Group.Record(items);
        Items.Add(plan.Revisions.Count, new KeyValuePair<string, object?>("outcome", "accepted"));
        Items.Add(items - plan.Revisions.Count, new KeyValuePair<string, object?>("outcome", "duplicate"));
    }

    public static void Rejected(int items) => Items.Add(items, new KeyValuePair<string, object?>("outcome", "rejected"));
}
