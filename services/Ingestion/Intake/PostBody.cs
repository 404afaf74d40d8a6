using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Intake;

/// <summary>The body of a post, decompressed as it is read, and bounded both before and after.</summary>
internal sealed class PostBody : IAsyncDisposable
{
    private readonly Stream? decoder;

    private PostBody(PipeReader reader, Stream? decoder) => (Reader, this.decoder) = (reader, decoder);

    public PipeReader Reader { get; }

    /// <returns><c>null</c> for a <c>Content-Encoding</c> that is none of <c>gzip</c>, <c>br</c>, <c>identity</c>.</returns>
    public static PostBody? Open(HttpContext context, long maxBytes)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = maxBytes;
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return new PostBody(request.BodyReader, null);
        return BodyDecoding.Decode(request.Body, encoding, maxBytes) is { } decoder
            ? new PostBody(PipeReader.Create(decoder, new StreamPipeReaderOptions(bufferSize: 16 << 10)), decoder)
            : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (decoder is null) return;
        await Reader.CompleteAsync();
        await decoder.DisposeAsync();
    }
}

/// <summary>Why a body could not be read to its end.</summary>
internal sealed record BodyFault(int Status, string Reason)
{
    /// <returns><c>null</c> for an exception that is none of the body's.</returns>
    public static BodyFault? Of(Exception exception, CancellationToken timeLimit) => exception switch
    {
        BusyException busy => new(StatusCodes.Status429TooManyRequests, busy.Message),
        TooLargeException large => new(StatusCodes.Status413PayloadTooLarge, large.Message),
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message),
        InvalidDataException => new(StatusCodes.Status400BadRequest, "The compressed body is broken, or breaks off."),
        OperationCanceledException when timeLimit.IsCancellationRequested => new(StatusCodes.Status408RequestTimeout, "The body did not come in within the time allowed."),
        OperationCanceledException or IOException => new(StatusCodes.Status400BadRequest, "The connection broke off."),
        _ => null,
    };
}
