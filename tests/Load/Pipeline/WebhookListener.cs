using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Monitoring.Load.Pipeline;

/// <summary>A webhook's target on loopback that takes everything and notes what came when.</summary>
internal sealed class WebhookListener : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, long> arrived = new();
    private int repeated;
    private readonly TimeProvider time;
    private readonly WebApplication app;

    private WebhookListener(TimeProvider time)
    {
        this.time = time;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(TakeAsync);
    }

    public Uri Address => new(new Uri(app.Urls.Single()), "/hook");

    /// <summary>When each notification first came.</summary>
    public IReadOnlyDictionary<Guid, long> Arrived => arrived;

    /// <summary>How many came again.</summary>
    public int Repeated => Volatile.Read(ref repeated);

    public static async Task<WebhookListener> StartAsync(TimeProvider time)
    {
        var listener = new WebhookListener(time);
        await listener.app.StartAsync();
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        if (!arrived.TryAdd(NotificationId(context.Request.Headers["webhook-id"].ToString()), time.GetUtcNow().UtcTicks))
            Interlocked.Increment(ref repeated);
        await context.Request.Body.CopyToAsync(Stream.Null);
    }

    // The id may carry a prefix before the UUID.
    private static Guid NotificationId(string header) => header.Length >= 36 && Guid.TryParse(header.AsSpan(header.Length - 36), out var id) ? id : Guid.Empty;
}
