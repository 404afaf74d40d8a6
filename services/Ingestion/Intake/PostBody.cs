using System.IO.Compression;
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
        Stream? decoder = encoding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
            "br" => new BrotliStream(request.Body, CompressionMode.Decompress),
            _ => null,
        };
        if (decoder is null) return null;
        var bounded = new BoundedStream(decoder, maxBytes);
        return new PostBody(PipeReader.Create(bounded, new StreamPipeReaderOptions(bufferSize: 16 << 10)), bounded);
    }

    public async ValueTask DisposeAsync()
    {
        if (decoder is null) return;
        await Reader.CompleteAsync();
        await decoder.DisposeAsync();
    }

    /// <summary>Ends with <c>413</c> once more was decompressed than is allowed, and tells broken data from other faults.</summary>
    private sealed class BoundedStream(Stream decoder, long maxBytes) : Stream
    {
        private long read;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => read; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int bytes;
            try
            {
                bytes = await decoder.ReadAsync(buffer, cancellationToken);
            }
            // The Brotli decoder's word for broken data.
            catch (InvalidOperationException broken)
            {
                throw new InvalidDataException(broken.Message, broken);
            }
            read += bytes;
            if (read > maxBytes) throw new BadHttpRequestException($"The body is larger than {maxBytes} bytes once it is decompressed.", StatusCodes.Status413PayloadTooLarge);
            return bytes;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask DisposeAsync() => decoder.DisposeAsync();
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
        InvalidDataException => new(StatusCodes.Status400BadRequest, "The compressed body is broken."),
        OperationCanceledException when timeLimit.IsCancellationRequested => new(StatusCodes.Status408RequestTimeout, "The body did not come in within the time allowed."),
        OperationCanceledException or IOException => new(StatusCodes.Status400BadRequest, "The connection broke off."),
        _ => null,
    };
}
