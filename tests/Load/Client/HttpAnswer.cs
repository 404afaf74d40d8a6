using System.Buffers.Text;
using System.Text;

namespace Monitoring.Load.Client;

/// <summary>An HTTP/1.1 answer found whole in a buffer.</summary>
internal readonly record struct HttpAnswer(int Status, int BodyStart, int BodyLength, bool Closes)
{
    /// <summary>Finds the answer at the start of the buffer, or tells that more bytes are needed. A chunked body is joined where it lies.</summary>
    public static bool TryRead(Span<byte> buffer, out HttpAnswer answer)
    {
        answer = default;
        var headEnd = buffer.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0) return false;
        if (headEnd < 12 || !Utf8Parser.TryParse(buffer[9..12], out int status, out _)) throw new InvalidDataException("not an HTTP answer");
        var head = buffer[..(headEnd + 2)];
        var closes = Ascii.EqualsIgnoreCase(Header(head, "\r\nconnection:"u8), "close"u8);
        var start = headEnd + 4;

        if (Ascii.EqualsIgnoreCase(Header(head, "\r\ntransfer-encoding:"u8), "chunked"u8))
        {
            if (!TryJoinChunks(buffer[start..], out var joined)) return false;
            answer = new(status, start, joined, closes);
            return true;
        }
        Utf8Parser.TryParse(Header(head, "\r\ncontent-length:"u8), out int length, out _);
        if (buffer.Length < start + length) return false;
        answer = new(status, start, length, closes);
        return true;
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> lineStart)
    {
        for (var at = 0; at + lineStart.Length <= head.Length;)
        {
            if (Ascii.EqualsIgnoreCase(head.Slice(at, lineStart.Length), lineStart))
            {
                var value = head[(at + lineStart.Length)..];
                return value[..value.IndexOf("\r\n"u8)].Trim((byte)' ');
            }
            var next = head[(at + 2)..].IndexOf("\r\n"u8);
            if (next < 0) break;
            at += 2 + next;
        }
        return default;
    }

    private static bool TryJoinChunks(Span<byte> chunks, out int joined)
    {
        joined = 0;
        if (!EndsWithLastChunk(chunks)) return false;
        for (var at = 0; ;)
        {
            var line = chunks[at..].IndexOf("\r\n"u8);
            Utf8Parser.TryParse(chunks.Slice(at, line), out int size, out _, 'x');
            if (size == 0) return true;
            chunks.Slice(at + line + 2, size).CopyTo(chunks[joined..]);
            joined += size;
            at += line + 2 + size + 2;
        }
    }

    private static bool EndsWithLastChunk(ReadOnlySpan<byte> chunks)
    {
        for (var at = 0; at < chunks.Length;)
        {
            var line = chunks[at..].IndexOf("\r\n"u8);
            if (line < 0 || !Utf8Parser.TryParse(chunks.Slice(at, line), out int size, out _, 'x')) return false;
            if (size == 0) return chunks.Length >= at + line + 4;
            at += line + 2 + size + 2;
        }
        return false;
    }
}
