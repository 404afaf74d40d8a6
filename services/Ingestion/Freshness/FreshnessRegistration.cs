using Monitoring.Ingestion.Storage;

namespace Monitoring.Ingestion.Freshness;

/// <summary>How freshness is watched; <c>Freshness:…</c> in configuration.</summary>
internal sealed class FreshnessOptions
{
    public const string Section = "Freshness";

    /// <summary>How often each feed's health is looked at.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    public bool IsValid => Interval >= TimeSpan.FromSeconds(1) && Interval <= TimeSpan.FromHours(1);
}

internal static class FreshnessRegistration
{
    public static void AddFreshness(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FreshnessOptions>().BindConfiguration(FreshnessOptions.Section)
            .Validate(options => options.IsValid, "Freshness: give an Interval from a second (00:00:01) to an hour (01:00:00).")
            .ValidateOnStart();
        builder.Services.AddSingleton<FeedHearing>();
        builder.Services.AddSingleton<HearingSql>();
        builder.Services.AddHostedService<HearingWriter>();
        builder.Services.AddSingleton<HealthSql>();
        builder.Services.AddHostedService<HealthWatch>();
    }
}
