using System.Collections.ObjectModel;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Monitoring.Ingestion.Feeds;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Intake;
using Monitoring.Ingestion.Storage;

namespace Monitoring.Ingestion.Polling;

/// <summary>Polls a feed once: asks, and takes in what is answered.</summary>
internal sealed class FeedPoll(Fetcher fetcher, FetchedPosts posts, PollSecrets secrets, PollStore store, IOptions<PollingOptions> options, TimeProvider time)
{
    private const string TaxiiType = "application/taxii+json;version=2.1";
    private const int ValidatorLength = 1_000;
    /// <summary>A page of a TAXII collection is held whole.</summary>
    private const long LargestPage = 16 << 20;

    private readonly PollingOptions options = options.Value;

    /// <summary>Throws where the database is away, or for <paramref name="cancellationToken"/>.</summary>
    public async Task<PollOutcome> RunAsync(PollRow poll, KnownFeed feed, CancellationToken cancellationToken)
    {
        PollCredentials? credentials;
        try
        {
            credentials = poll.Credentials is null ? null : secrets.Open(poll.FeedId, poll.Credentials);
        }
        catch (CryptographicException)
        {
            return new PollOutcome.Failed(null, "the credentials were encrypted by another Protection:Key; give them anew");
        }
        return poll.Kind == PollKind.Taxii
            ? await WalkAsync(poll, feed, credentials, cancellationToken)
            : await FetchAsync(poll, feed, credentials, cancellationToken);
    }

    private async Task<PollOutcome> FetchAsync(PollRow poll, KnownFeed feed, PollCredentials? credentials, CancellationToken cancellationToken)
    {
        var request = new FetchRequest(new Uri(poll.Address), AcceptOf(feed), credentials, poll.Etag, poll.LastModified);
        return await AskAsync(request, options.MaxBytes, async (response, body, timeLimit) =>
        {
            var type = response.Content.Headers.ContentType?.ToString();
            var content = new FeedBody(PipeReader.Create(body)) { ContentType = type, Columns = feed.Columns ?? ReadOnlyDictionary<string, string>.Empty };
            if (await FeedFormats.ChooseAsync(content, name: null, feed.Format, timeLimit) is not { } format)
                return Failed(response, $"what came as '{type}' is in none of the formats that GET /v1/formats lists, or not in the feed's own");
            var post = await posts.TakeAsync(feed, format, content, timeLimit, cancellationToken);
            return Judge(post, response) ?? new PollOutcome.Fetched((int)response.StatusCode, Validator(response, "ETag"), Validator(response, "Last-Modified"), post.Refusals);
        }, cancellationToken);
    }

    private Task<PollOutcome> WalkAsync(PollRow poll, KnownFeed feed, PollCredentials? credentials, CancellationToken cancellationToken)
    {
        var format = FeedFormats.Named("stix") ?? throw new InvalidOperationException("There is no format named 'stix'.");
        return new TaxiiWalk(new Uri(poll.Address), options.MaxPages).RunAsync(
            poll.Position ?? new TaxiiPosition(),
            async address =>
            {
                TaxiiPage? page = null;
                var outcome = await AskAsync(new FetchRequest(address, TaxiiType, credentials), Math.Min(options.MaxBytes, LargestPage), async (response, body, timeLimit) =>
                {
                    using var content = new MemoryStream();
                    await body.CopyToAsync(content, timeLimit);
                    page = new TaxiiPage(content.GetBuffer().AsMemory(0, (int)content.Length), Header(response, "X-TAXII-Date-Added-Last"));
                    return new PollOutcome.Fetched((int)response.StatusCode);
                }, cancellationToken);
                return page is not null && outcome is PollOutcome.Fetched ? page : new TaxiiPage(default, null, outcome);
            },
            async body =>
            {
                var post = await posts.TakeAsync(feed, format, FeedBody.Of(body) with { ContentType = TaxiiType }, CancellationToken.None, cancellationToken);
                return post switch
                {
                    { IsTurnedAway: true } or { Fault.Status: StatusCodes.Status429TooManyRequests } => new PollOutcome.Busy(),
                    { Fault: { } fault } => new PollOutcome.Failed(StatusCodes.Status200OK, fault.Reason),
                    _ => null,
                };
            },
            position => store.AdvanceAsync(poll, position, cancellationToken));
    }

    /// <summary>Sends a request and, where there is something in the answer, has it read up to a bound; all within the time-out.</summary>
    private async Task<PollOutcome> AskAsync(
        FetchRequest request, long maxBytes, Func<HttpResponseMessage, Stream, CancellationToken, Task<PollOutcome>> readAsync, CancellationToken cancellationToken)
    {
        using var timeLimit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeLimit.Token, cancellationToken);
        int? status = null;
        try
        {
            using var answer = await fetcher.SendAsync(request, either.Token);
            if (answer.Response is not { } response) return new PollOutcome.Failed(null, answer.Problem);
            status = (int)response.StatusCode;
            if (status is 304 or 204) return new PollOutcome.Unmodified(status.Value);
            if (status == 410) return new PollOutcome.Gone(status.Value);
            if (status is not (200 or 203)) return Failed(response, $"answered {status}");
            var encoding = EncodingOf(response.Content.Headers);
            await using var content = await response.Content.ReadAsStreamAsync(either.Token);
            await using var body = BodyDecoding.Decode(content, encoding, maxBytes);
            return body is null ? Failed(response, $"the Content-Encoding '{encoding}' was not asked for") : await readAsync(response, body, either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && BodyFault.Of(exception, timeLimit.Token) is { } fault)
        {
            return new PollOutcome.Failed(status, status is null ? "no answer within the time allowed" : fault.Reason);
        }
    }

    private PollOutcome.Failed Failed(HttpResponseMessage response, string reason) =>
        new((int)response.StatusCode, reason, (int)response.StatusCode is 429 or 503 ? Schedule.WaitOf(response.Headers.RetryAfter, time.GetUtcNow()) : null);

    /// <returns><c>null</c> where the body was taken in to its end, if not all of its items.</returns>
    private static PollOutcome? Judge(FetchedPost post, HttpResponseMessage response) => post switch
    {
        { IsTurnedAway: true } => new PollOutcome.Busy(),
        { Fault.Status: StatusCodes.Status429TooManyRequests } => new PollOutcome.Busy(),
        { Fault: { } fault } => new PollOutcome.Failed((int)response.StatusCode, fault.Reason),
        { HasTaken: false, Refusals: { } refusals } => new PollOutcome.Failed((int)response.StatusCode, refusals),
        _ => null,
    };

    /// <summary>The feed's own format is asked for first; who offers no choice may send what there is.</summary>
    private static string AcceptOf(KnownFeed feed) =>
        feed.Format is { } name && FeedFormats.Named(name) is { } format ? $"{string.Join(", ", format.ContentTypes)}, */*;q=0.5" : "*/*";

    /// <summary>What is to be undone: of the answer, or of a document that is compressed itself, as <c>….json.gz</c> is.</summary>
    private static string EncodingOf(HttpContentHeaders headers) => headers.ContentEncoding.Count > 0 ? string.Join(", ", headers.ContentEncoding)
        : headers.ContentType?.MediaType is "application/gzip" or "application/x-gzip" ? "gzip"
        : "";

    private static string? Validator(HttpResponseMessage response, string name) =>
        Header(response, name) is { Length: > 0 and <= ValidatorLength } value && value.All(letter => letter is >= ' ' and <= '~') ? value : null;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values) ? values.ToString() : null;
}
