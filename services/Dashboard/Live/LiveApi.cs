using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Monitoring.Dashboard.Live;

internal static class LiveApi
{
    /// <summary>
    /// <c>GET /live?state=&amp;severity=&amp;domain=&amp;country=&amp;alliance=&amp;q=&amp;id=</c>: server-sent events for who is signed in. First a
    /// <c>snapshot</c> (not where <c>Last-Event-ID</c> is the newest), then <c>changes</c>, both
    /// <c>{ sequence, counters, matching, more, stale, quiet?, rows: [{ id, version, html }], removed: [id] }</c>; <c>more</c> is the cursor of
    /// the older alerts, <c>quiet</c> the list of the feeds that should have been heard, where it changed. A <c>beat</c> comes every 15 s. <c>400</c> for a filter that is none.
    /// </summary>
    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapGet("/live", WatchAsync).ExcludeFromDescription();

    private static async Task WatchAsync(
        HttpContext context, LiveBoard board, LiveOptions options, IHostApplicationLifetime host, TimeProvider time,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId)
    {
        if (!AlertFilter.TryParse(context.Request.Query, out var filter, out var problem))
        {
            await TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
            return;
        }
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";

        using var lifetime = new CancellationTokenSource(options.StreamLifetime, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(lifetime.Token, host.ApplicationStopping, context.RequestAborted);
        using var watcher = board.Watch(filter, lastEventId);
        try
        {
            await context.Response.Body.WriteAsync("retry: 1000\n\n"u8.ToArray(), ending.Token);
            await context.Response.Body.FlushAsync(ending.Token);
            await foreach (var frame in watcher.FramesAsync(ending.Token))
            {
                await context.Response.Body.WriteAsync(frame.Utf8, ending.Token);
                await context.Response.Body.FlushAsync(ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader left, or is to come back: the stream just ends.
        }
    }
}
