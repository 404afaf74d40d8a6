using System.Globalization;
using System.Text.Json;

namespace Monitoring.Ingestion.Polling;

/// <summary>How far a collection was read.</summary>
/// <param name="AddedAfter">Objects added until then were taken in; those of this walk are asked for by it from page to page.</param>
/// <param name="Next">The server's word for the page that follows, in the middle of a walk.</param>
/// <param name="Reached">When the newest object of the last page was added, in the middle of a walk.</param>
internal sealed record TaxiiPosition(string? AddedAfter = null, string? Next = null, string? Reached = null)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>Where to go on when the server does not know <see cref="Next"/> any more: a microsecond back, so that what was added in one moment stays whole.</summary>
    public TaxiiPosition WithoutNext() => IsTime(Reached, out var reached)
        ? new(reached.AddMicroseconds(-1).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture))
        : new(AddedAfter);

    /// <returns>Where to go on after a page; <c>null</c> where the server promises more without saying where.</returns>
    public TaxiiPosition? After(TaxiiEnvelope envelope, string? addedLast)
    {
        if (!IsTime(addedLast, out _)) addedLast = null;
        var reached = addedLast ?? Reached;
        if (!envelope.HasMore) return new(reached ?? AddedAfter);
        if (!string.IsNullOrEmpty(envelope.Next)) return new(AddedAfter, envelope.Next, reached);
        return addedLast is null ? null : new(addedLast);
    }

    private static bool IsTime(string? text, out DateTimeOffset time) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}

/// <summary>What an envelope (TAXII 2.1, section 3.7) says beside its objects.</summary>
internal readonly record struct TaxiiEnvelope(bool HasMore, string? Next, bool HasObjects)
{
    /// <summary>Far beyond what servers send, and what goes into an address and the database.</summary>
    private const int NextLength = 2_000;

    /// <returns>Whether the page is an envelope.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out TaxiiEnvelope envelope)
    {
        envelope = default;
        var (more, next, objects) = (false, default(string), false);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 256 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isMore, isNext, isObjects) = (reader.ValueTextEquals("more"u8), reader.ValueTextEquals("next"u8), reader.ValueTextEquals("objects"u8));
                reader.Read();
                if (isMore) more = reader.TokenType == JsonTokenType.True;
                else if (isNext) next = reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: <= NextLength } text && !text.Any(char.IsControl) ? text : null;
                else if (isObjects) objects = reader.TokenType == JsonTokenType.StartArray && StartsAnObject(reader);
                reader.Skip();
            }
        }
        // Broken JSON, or a text that is no UTF-8.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
        envelope = new(more, next, objects);
        return true;
    }

    private static bool StartsAnObject(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject;
}

/// <summary>A page as it was fetched, or what became of fetching it.</summary>
internal sealed record TaxiiPage(ReadOnlyMemory<byte> Body, string? AddedLast, PollOutcome? Failure = null);

/// <summary>Reads a collection page by page (TAXII 2.1, section 5.4).</summary>
internal sealed class TaxiiWalk(Uri collection, int pagesAtMost)
{
    /// <summary>What is asked for; servers may have bounds of their own.</summary>
    private const int ObjectsOnPage = 500;

    /// <summary>Goes on from where the collection was read to, until its end or for so many pages; a later walk goes on from there.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="fetch">Fetches a page.</param>
    /// <param name="take">Takes a page in; what it answers other than <c>null</c> ends the walk before the page.</param>
    /// <param name="advance">Writes down how far it came, once a page was taken in; <c>false</c> where the poll was changed or removed meanwhile, which ends the walk.</param>
    public async Task<PollOutcome> RunAsync(
        TaxiiPosition start, Func<Uri, Task<TaxiiPage>> fetch, Func<ReadOnlyMemory<byte>, Task<PollOutcome?>> take, Func<TaxiiPosition, Task<bool>> advance)
    {
        var (position, fellBack) = (start, false);
        var seen = new HashSet<TaxiiPosition>();
        for (var page = 0; page < pagesAtMost; page++)
        {
            if (!seen.Add(position with { Reached = null })) return Broken("names a page as the next that was read already");
            var fetched = await fetch(AddressOf(position));
            if (position.Next is not null && IsForgotten(fetched.Failure))
            {
                // That a page is gone says nothing of the collection.
                if (fellBack) return new PollOutcome.Failed(null, "the TAXII server forgets its pages while they are read");
                (position, fellBack) = (position.WithoutNext(), true);
                // Where no date is known it goes back to where it began.
                seen.Clear();
                continue;
            }
            if (fetched.Failure is { } failure) return failure;
            var isEnvelope = TaxiiEnvelope.TryRead(fetched.Body.Span, out var envelope);
            // What is no envelope is told by the format, and kept in quarantine.
            if (!isEnvelope || envelope.HasObjects)
            {
                if (await take(fetched.Body) is { } refusal) return refusal;
            }
            if (!isEnvelope) return Broken("answers something that is no envelope");
            if (position.After(envelope, fetched.AddedLast) is not { } next) return Broken("promises more, but neither 'next' nor X-TAXII-Date-Added-Last tells where");
            position = next;
            if (!await advance(position) || !envelope.HasMore) return new PollOutcome.Fetched(StatusCodes.Status200OK);
        }
        return new PollOutcome.Fetched(StatusCodes.Status200OK, HasMore: true);
    }

    private Uri AddressOf(TaxiiPosition position)
    {
        var query = $"objects/?limit={ObjectsOnPage}";
        if (position.AddedAfter is { } after) query += $"&added_after={Uri.EscapeDataString(after)}";
        if (position.Next is { } next) query += $"&next={Uri.EscapeDataString(next)}";
        return new Uri(collection, query);
    }

    private static bool IsForgotten(PollOutcome? outcome) => outcome is PollOutcome.Failed { Status: 400 or 404 or 416 } or PollOutcome.Gone;

    private static PollOutcome.Failed Broken(string how) => new(StatusCodes.Status200OK, $"the TAXII server {how}");
}
