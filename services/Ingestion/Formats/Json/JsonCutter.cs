using System.Buffers;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>
/// Finds where an item ends, without asking whether it is right: at the end of its line, or where its brackets close. Goes on where it
/// stopped when more bytes have come.
/// </summary>
internal sealed class JsonCutter(bool lines)
{
    private static readonly SearchValues<byte> Brackets = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> Ends = SearchValues.Create("\"{}[], \t\r\n"u8);

    private long examined;
    private int depth;
    private bool inString;
    private bool escaped;

    /// <summary>Brackets that were open at once, at most.</summary>
    public int Depth { get; private set; }

    public void Start()
    {
        (examined, depth, Depth) = (0, 0, 0);
        (inString, escaped) = (false, false);
    }

    /// <summary>Tells that the bytes that were looked at are gone, and the buffer starts after them.</summary>
    public void Discarded() => examined = 0;

    /// <returns>The item's length from the start of the buffer, or -1 while its end is not there.</returns>
    public long Find(in ReadOnlySequence<byte> buffer)
    {
        foreach (var memory in buffer.Slice(examined))
        {
            var end = lines ? memory.Span.IndexOf((byte)'\n') : ValueEnd(memory.Span);
            if (end >= 0) return examined + end;
            examined += memory.Length;
        }
        return -1;
    }

    public static int DepthOf(ReadOnlySpan<byte> value)
    {
        var cutter = new JsonCutter(lines: false);
        cutter.ValueEnd(value);
        return cutter.Depth;
    }

    private int ValueEnd(ReadOnlySpan<byte> span)
    {
        for (var at = 0; at < span.Length; at++)
        {
            if (inString)
            {
                if (escaped)
                {
                    escaped = false;
                    continue;
                }
                var next = span[at..].IndexOfAny((byte)'"', (byte)'\\');
                if (next < 0) return -1;
                at += next;
                if (span[at] == '\\') escaped = true;
                else inString = false;
                if (!inString && depth == 0) return at + 1;
                continue;
            }
            var found = span[at..].IndexOfAny(depth == 0 ? Ends : Brackets);
            if (found < 0) return -1;
            at += found;
            switch (span[at])
            {
                case (byte)'"':
                    inString = true;
                    break;
                case (byte)'{' or (byte)'[':
                    Depth = Math.Max(Depth, ++depth);
                    break;
                case (byte)'}' or (byte)']' when depth > 1:
                    depth--;
                    break;
                case (byte)'}' or (byte)']' when depth == 1:
                    return at + 1;
                default:
                    return at;
            }
        }
        return -1;
    }
}
