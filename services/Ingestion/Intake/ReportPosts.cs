using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Monitoring.Ingestion.Feeds;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Freshness;
using Monitoring.ServiceDefaults.Telemetry;

namespace Monitoring.Ingestion.Intake;

/// <summary>Answers <c>POST /v1/reports</c>.</summary>
internal sealed class ReportPosts(
    KnownFeeds feeds, RateLimits rates, PostTargets targets, PostReader reader, FeedHearing hearing, IOptions<IntakeOptions> options, TimeProvider time)
{
    private const int KeyLength = 255;
    /// <summary>What the headers of a CloudEvent in binary mode begin with.</summary>
    private const string EventPrefix = "ce-";
    /// <summary>How long a sender is asked to wait when too much is waiting already.</summary>
    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(1);

    private readonly IntakeOptions options = options.Value;

    public async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (FeedKey.Of(request) is not { } secret || await feeds.FindAsync(secret) is not { } feed)
        {
            response.Headers.WWWAuthenticate = "Bearer";
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Send a feed's key: Authorization: Bearer mfk_…, or X-Feed-Key.");
            return;
        }
        if (!feed.IsEnabled)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "The feed is switched off.");
            return;
        }
        var bucket = rates.Of(feed);
        if (bucket is not null && !bucket.TryTake(out var wait))
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, $"The feed may post {feed.RateLimit} reports a second.", wait);
            return;
        }
        await using var body = PostBody.Open(context, options.MaxBytes);
        if (body is null)
        {
            response.Headers.AcceptEncoding = BodyDecoding.Accepted;
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "The Content-Encoding is none of gzip, br and identity.");
            return;
        }
        var idempotencyKey = request.Headers["Idempotency-Key"].ToString();
        if (idempotencyKey.Length > KeyLength || !idempotencyKey.All(letter => letter is >= ' ' and <= '~'))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"The Idempotency-Key is not 1 to {KeyLength} printable ASCII characters.");
            return;
        }
        var key = idempotencyKey.Length == 0 ? null
            : new PostKey(idempotencyKey, await targets.IdempotentPosts.FindAsync(feed.Id, idempotencyKey, context.RequestAborted));
        using var timeLimit = new CancellationTokenSource(options.MaxDuration, time);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(timeLimit.Token, context.RequestAborted);
        var content = ContentOf(request, body, feed);
        FeedFormat? format;
        try
        {
            format = await FeedFormats.ChooseAsync(content, NameOf(request), feed.Format, reading.Token);
        }
        catch (Exception exception) when (BodyFault.Of(exception, timeLimit.Token) is { } broken)
        {
            await RefuseAsync(context, broken.Status, broken.Reason);
            return;
        }
        if (format is null)
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "The Content-Type, or ?format=, is none of those that GET /v1/formats lists, nor does the content show which it is.");
            return;
        }
        using var post = new Post(targets, feed, format, key, time.GetUtcNow(), Trace.CurrentId);
        var fault = await reader.ReadAsync(content, format, post, timeLimit.Token, reading.Token);
        bucket?.Charge(Math.Max(0, post.Items - 1));
        // What was read is committed, whether or not the sender still waits for the answer.
        var answer = await post.CompleteAsync(CancellationToken.None);
        if (post.HasTaken) hearing.Heard(feed.Id, time.GetUtcNow());
        await AnswerAsync(context, post, answer, fault);
    }

    private static string? NameOf(HttpRequest request) =>
        request.QueryString.HasValue && request.Query["format"].ToString() is { Length: > 0 } name ? name : null;

    private static FeedBody ContentOf(HttpRequest request, PostBody body, KnownFeed feed) => new(body.Reader)
    {
        ContentType = request.ContentType,
        EventAttributes = request.Headers.ContainsKey(EventPrefix + "specversion")
            ? request.Headers.Where(header => header.Key.StartsWith(EventPrefix, StringComparison.OrdinalIgnoreCase))
                .ToDictionary(header => header.Key[EventPrefix.Length..].ToLowerInvariant(), header => header.Value.ToString())
            : ReadOnlyDictionary<string, string>.Empty,
        Columns = feed.Columns ?? ReadOnlyDictionary<string, string>.Empty,
    };

    private static Task AnswerAsync(HttpContext context, Post post, PostAnswer answer, BodyFault? fault)
    {
        if (post.IsTurnedAway) return RefuseAsync(context, StatusCodes.Status429TooManyRequests, "Too much is waiting to be written.", BusyWait);
        if (post.IsKeyReused) return RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, "The Idempotency-Key was used for another body.");
        if (answer.Rejected.Count == 0 || post.HasTaken) return AcceptAsync(context, answer);
        var problem = new ProblemDetails
        {
            Status = fault?.Status ?? StatusCodes.Status400BadRequest,
            Title = "Nothing was accepted",
            Detail = $"{answer.Rejected.Count} of {answer.Rejected.Count} items were rejected; the first at {answer.Rejected[0].Problem.Detail}",
            Extensions = { ["rejected"] = answer.Rejected },
        };
        if (fault is { Status: StatusCodes.Status429TooManyRequests }) context.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem(problem).ExecuteAsync(context);
    }

    private static async Task AcceptAsync(HttpContext context, PostAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status202Accepted;
        response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(response.BodyWriter);
        JsonSerializer.Serialize(writer, answer, IntakeJson.Default.PostAnswer);
        writer.Flush();
        response.ContentLength = writer.BytesCommitted;
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail, TimeSpan? retryAfter = null)
    {
        if (retryAfter is { } wait) context.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);
    }
}
