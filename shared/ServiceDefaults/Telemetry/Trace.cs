using System.Diagnostics;

namespace Monitoring.ServiceDefaults.Telemetry;

/// <summary>
/// Traces that follow a report through all services. A group commit serves many traces at once: it continues the first and links the rest.
/// </summary>
public static class Trace
{
    /// <summary>The source of the services' own activities.</summary>
    public const string SourceName = "Monitoring";

    private const int LinksAtMost = 20;
    private static readonly ActivitySource Source = new(SourceName);

    static Trace() => ActivitySource.AddActivityListener(new ActivityListener
    {
        // Trace ids are in the logs also where nobody collects traces.
        ShouldListenTo = source => source.Name == SourceName,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
    });

    /// <summary>The W3C trace id of what runs now.</summary>
    public static string? CurrentId => Activity.Current?.TraceId.ToHexString();

    internal static Activity? Continue(string name, string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, out var parent) ? Source.StartActivity(name, ActivityKind.Internal, parent) : Source.StartActivity(name);

    /// <summary>Starts an activity for work on a group of items, each of which may have come with its trace's id.</summary>
    public static Activity? Group(string name, IEnumerable<string?> traceIds)
    {
        var contexts = traceIds.OfType<string>().Distinct().Take(LinksAtMost + 1).Select(Context).OfType<ActivityContext>().ToList();
        return contexts.Count == 0
            ? Source.StartActivity(name, ActivityKind.Consumer)
            : Source.StartActivity(name, ActivityKind.Consumer, contexts[0], links: contexts.Skip(1).Select(context => new ActivityLink(context)));
    }

    private static ActivityContext? Context(string traceId)
    {
        if (traceId.Length != 32 || !traceId.All(char.IsAsciiHexDigitLower)) return null;
        return new ActivityContext(ActivityTraceId.CreateFromString(traceId), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
    }
}
