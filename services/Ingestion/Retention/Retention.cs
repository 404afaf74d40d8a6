using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Storage;
using Monitoring.ServiceDefaults.Telemetry;

namespace Monitoring.Ingestion.Retention;

/// <summary>Every minute, takes away what is older than it need be, in small transactions.</summary>
internal sealed class Retention(RetentionSql sql, IOptions<RetentionOptions> options, DatabaseReady ready, TimeProvider time, ILogger<Retention> logger)
    : RepeatingWork(ready, time, TimeSpan.FromMinutes(1), logger)
{
    /// <summary>For as long an Idempotency-Key is remembered.</summary>
    private static readonly TimeSpan KeyAge = TimeSpan.FromHours(24);

    private static readonly Counter<long> Dropped =
        Metrics.Meter.CreateCounter<long>("monitoring.quarantine.dropped", "{item}", "Refused items that were dropped for their age or their feed's size.");

    private readonly TimeProvider time = time;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await RepeatAsync(() => sql.DeleteReportsAsync(now.AddDays(-options.Value.Reports), cancellationToken));
        await RepeatAsync(() => sql.DeleteKeysAsync(now - KeyAge, cancellationToken));
        Dropped.Add(await RepeatAsync(() => sql.DeleteQuarantineAsync(now.AddDays(-options.Value.Quarantine), cancellationToken)));
        Dropped.Add(await RepeatAsync(() => sql.DeleteQuarantineAboveAsync(options.Value.QuarantineBytesPerFeed, cancellationToken)));
    }

    private static async Task<long> RepeatAsync(Func<Task<int>> deleteSome)
    {
        var all = 0L;
        while (await deleteSome() is > 0 and var some) all += some;
        return all;
    }
}

internal static class RetentionRegistration
{
    public static void AddRetention(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section)
            .Validate(options => options.IsValid, "Retention: Reports and Quarantine are days and QuarantineBytesPerFeed is bytes; give numbers above zero.")
            .ValidateOnStart();
        builder.Services.AddSingleton<RetentionSql>();
        builder.Services.AddHostedService<Retention>();
    }
}
