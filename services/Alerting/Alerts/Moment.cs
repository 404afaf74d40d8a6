namespace Monitoring.Alerting.Alerts;

/// <summary>Times as Postgres keeps them, so that what is sent and what is read later are the same.</summary>
internal static class Moment
{
    public static DateTimeOffset Truncate(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public static DateTimeOffset? Truncate(DateTimeOffset? time) => time is { } given ? Truncate(given) : null;

    /// <summary>Now, to the microsecond.</summary>
    public static DateTimeOffset GetMoment(this TimeProvider time) => Truncate(time.GetUtcNow());
}
