using MassTransit;
using Microsoft.Extensions.Options;

namespace Monitoring.Dashboard.Live;

internal static class LiveRegistration
{
    /// <summary>Adds the board and what feeds and paces it; reads <c>Live</c>.</summary>
    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LiveOptions>().BindConfiguration("Live").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<LiveOptions>>().Value);
        builder.Services.AddSingleton<LiveBoard>();
        builder.Services.AddSingleton<BoardFeed>();
        builder.Services.AddReceiveEndpointObserver(services => services.GetRequiredService<BoardFeed>());
        builder.Services.AddHostedService(services => services.GetRequiredService<BoardFeed>());
        builder.Services.AddHostedService<BoardPublisher>();
        builder.Services.AddHostedService<FailureCount>();
        builder.Services.AddSingleton<QuietWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<QuietWatch>());
    }
}
