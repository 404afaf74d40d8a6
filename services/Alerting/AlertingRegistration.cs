using Monitoring.Alerting.Delivery;
using Monitoring.Alerting.Seeding;
using Monitoring.Alerting.Storage;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Bulk;
using Monitoring.ServiceDefaults.Failures;
using Monitoring.ServiceDefaults.Protection;

namespace Monitoring.Alerting;

internal static class AlertingRegistration
{
    /// <summary>How a failed incident is tried again.</summary>
    public static FailureRetry Retry { get; } = FailureRetry.Through<Incident, bool>();

    public static void AddAlerting(this WebApplicationBuilder builder)
    {
        builder.AddProtection();
        builder.Services.AddSingleton<Random>();
        builder.Services.AddGroupCommit<Incident, bool, IncidentEvaluator>();
        builder.Services.AddSingleton<AlertActions>();
        builder.Services.AddScoped<AlertQueries>();
        builder.Services.AddHostedService<ExpirySweep>();
        builder.AddDeliveries();
        builder.Services.AddSingleton(Seeds.Read(builder.Configuration));
        builder.Services.AddHostedService<Seeder>();
        builder.Services.AddOptions<RetentionOptions>().BindConfiguration("Retention")
            .Validate(options => options.Alerts > 0, "Retention:Alerts must be a number of days, at least 1.")
            .Validate(options => options.Deliveries > 0, "Retention:Deliveries must be a number of days, at least 1.")
            .ValidateOnStart();
        builder.Services.AddHostedService<AlertRetention>();
    }

    private static void AddDeliveries(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(WebhookOptions.Read(builder.Configuration));
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddSingleton<ChannelStore>();
        builder.Services.AddSingleton<DeliveryStore>();
        builder.Services.AddGroupCommit<AttemptResult, bool, AttemptRecorder>();
        builder.Services.AddSingleton<AttemptLog>();
        builder.Services.AddSingleton<DeliveryWorker>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DeliveryWorker>());
        builder.Services.AddHostedService<DeliveryBurial>();
    }
}
