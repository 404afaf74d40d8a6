using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Monitoring.Contracts;

/// <summary>
/// Ids that follow from what they name, so that the same thing seen twice is the same row: UUIDv8 (RFC 9562, section 5.8) made of the
/// first 122 free bits of a SHA-256 over a label and the length-prefixed parts.
/// </summary>
public static class Ids
{
    public static Guid Report(Guid feedId, string externalId) => Derive("report", feedId, externalId);

    public static Guid Incident(Guid firstReportId) => Derive("incident", firstReportId);

    public static Guid Alert(Guid ruleId, Guid incidentId) => Derive("alert", ruleId, incidentId);

    public static Guid Notification(Guid alertId, int alertVersion, Guid channelId) => Derive("notification", alertId, channelId, alertVersion);

    /// <summary>A lasting id for something that is known by its name, such as a rule or a channel from configuration.</summary>
    public static Guid Named(string kind, string name) => Derive(kind, Guid.Empty, name);

    private static Guid Derive(string kind, Guid first, string text)
    {
        Span<byte> buffer = stackalloc byte[64 + 3 * 512];
        var length = Begin(buffer, kind, first);
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > buffer.Length - length - 4)
        {
            var large = new byte[length + 4 + bytes];
            buffer[..length].CopyTo(large);
            return Finish(large, length, text);
        }
        return Finish(buffer, length, text);
    }

    private static Guid Derive(string kind, Guid first)
    {
        Span<byte> buffer = stackalloc byte[64];
        return Hash(buffer[..Begin(buffer, kind, first)]);
    }

    private static Guid Derive(string kind, Guid first, Guid second, int number = 0)
    {
        Span<byte> buffer = stackalloc byte[96];
        var length = Begin(buffer, kind, first);
        second.TryWriteBytes(buffer[length..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(buffer[(length + 16)..], number);
        return Hash(buffer[..(length + 20)]);
    }

    private static int Begin(Span<byte> buffer, string kind, Guid first)
    {
        buffer[0] = (byte)Encoding.UTF8.GetBytes(kind, buffer[1..]);
        first.TryWriteBytes(buffer[(buffer[0] + 1)..], bigEndian: true, out _);
        return buffer[0] + 17;
    }

    private static Guid Finish(Span<byte> buffer, int length, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text, buffer[(length + 4)..]);
        BinaryPrimitives.WriteInt32BigEndian(buffer[length..], bytes);
        return Hash(buffer[..(length + 4 + bytes)]);
    }

    private static Guid Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(input, hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
