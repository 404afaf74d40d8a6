namespace Monitoring.Ingestion.Feeds;

internal static class FeedsRegistration
{
    public static void AddFeeds(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KnownFeeds>();
        builder.Services.AddSingleton<RateLimits>();
    }
}
