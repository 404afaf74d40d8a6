using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Protection;

namespace Monitoring.Ingestion.Polling;

internal static class PollingRegistration
{
    public static void AddPolling(this WebApplicationBuilder builder)
    {
        builder.AddProtection();
        builder.Services.AddOptions<PollingOptions>().BindConfiguration(PollingOptions.Section)
            .Validate(options => options.IsValid, "Polling: give Concurrency from 0 to 256, Timeout from 00:00:01 to 01:00:00, MaxBytes of at least 1024, MaxPages of at least 1, MinimumEvery from 00:00:01 to 7.00:00:00, and a UserAgent of 1 to 300 printable ASCII characters.")
            .ValidateOnStart();
        builder.Services.AddSingleton(new AddressGuard(AddressGuard.ReadNetworks(builder.Configuration, PollingOptions.NetworksSetting), PollingOptions.NetworksSetting));
        builder.Services.AddSingleton(new Schedule(new Random()));
        builder.Services.AddSingleton<Storage.PollStore>();
        builder.Services.AddSingleton<PollSecrets>();
        builder.Services.AddSingleton<Fetcher>();
        builder.Services.AddSingleton<FetchedPosts>();
        builder.Services.AddSingleton<FeedPoll>();
        builder.Services.AddSingleton<Poller>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Poller>());
    }
}
