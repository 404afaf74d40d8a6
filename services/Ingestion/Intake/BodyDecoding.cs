using System.IO.Compression;

namespace Monitoring.Ingestion.Intake;

/// <summary>Undoes a <c>Content-Encoding</c> as the bytes arrive, bounded both before and after.</summary>
internal static class BodyDecoding
{
    /// <summary>What can be undone, as <c>Accept-Encoding</c> says it.</summary>
    public const string Accepted = "gzip, br";

    /// <summary>
    /// Reading ends with <see cref="BadHttpRequestException"/> (<c>413</c>) beyond the bound, and with <see cref="InvalidDataException"/>
    /// where the compressed data is broken or breaks off.
    /// </summary>
    /// <returns><c>null</c> for an encoding that is none of <c>gzip</c>, <c>br</c>, <c>identity</c>.</returns>
    public static Stream? Decode(Stream body, string encoding, long maxBytes)
    {
        // Compressed data may go on for ever and still hold nothing.
        var raw = new BoundedStream(body, maxBytes);
        return encoding.ToLowerInvariant() switch
        {
            "" or "identity" => raw,
            "gzip" or "x-gzip" => new BoundedStream(new GZipStream(raw, CompressionMode.Decompress), maxBytes),
            "br" => new BoundedStream(new BrotliStream(raw, CompressionMode.Decompress), maxBytes),
            _ => null,
        };
    }

    private sealed class BoundedStream(Stream inner, long maxBytes) : Stream
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
                bytes = await inner.ReadAsync(buffer, cancellationToken);
            }
            // The Brotli decoder's word for broken data.
            catch (InvalidOperationException broken)
            {
                throw new InvalidDataException(broken.Message, broken);
            }
            read += bytes;
            if (read > maxBytes) throw new BadHttpRequestException($"The body is larger than {maxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
            return bytes;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
