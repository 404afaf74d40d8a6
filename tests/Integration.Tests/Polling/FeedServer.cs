using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Monitoring.Integration.Tests.Polling;

/// <summary>A request as a publisher sees it.</summary>
internal sealed record FeedCall(DateTimeOffset At, string Path, string Query, IReadOnlyDictionary<string, string> Headers)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);
}

/// <summary>A publisher on this machine that behaves as a test tells it to.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<FeedCall> calls = new();
    private int underWay;
    private int mostAtOnce;

    /// <param name="app">The server.</param>
    /// <param name="script">Answers; it is told how often this server was called before.</param>
    private FeedServer(WebApplication app, Func<HttpContext, int, Task> script)
    {
        this.app = app;
        app.Run(async context =>
        {
            var before = calls.Count;
            var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            calls.Enqueue(new(TimeProvider.System.GetUtcNow(), context.Request.Path, context.Request.QueryString.Value!, headers));
            var now = Interlocked.Increment(ref underWay);
            for (var most = mostAtOnce; now > most; most = mostAtOnce) Interlocked.CompareExchange(ref mostAtOnce, now, most);
            try
            {
                await script(context, before);
            }
            // The caller had enough.
            catch (Exception gone) when (gone is OperationCanceledException or IOException)
            {
                context.Abort();
            }
            finally
            {
                Interlocked.Decrement(ref underWay);
            }
        });
    }

    public string Address => $"{Root}feed";

    public Uri Root => new(app.Urls.First());

    public IReadOnlyList<FeedCall> Calls => [.. calls];

    /// <summary>How many calls were under way at the same time, at most.</summary>
    public int MostAtOnce => mostAtOnce;

    public static async Task<FeedServer> StartAsync(Func<HttpContext, int, Task> script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // It may drip as slowly as it likes.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinResponseDataRate = null);
        var server = new FeedServer(builder.Build(), script);
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
