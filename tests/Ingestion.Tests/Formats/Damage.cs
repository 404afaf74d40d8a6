using FsCheck;
using FsCheck.Fluent;

namespace Monitoring.Ingestion.Tests.Formats;

/// <summary>What happens to bytes on their way, and what is done to them on purpose.</summary>
internal static class Damage
{
    /// <summary>The same damage each time: what fails here fails for everybody. <c>MONITORING_TEST_SEED</c> tries another.</summary>
    public static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("MONITORING_TEST_SEED"), out var seed) ? seed : 20_261_201;

    /// <summary>Has to be odd.</summary>
    public const ulong Gamma = 0x9E37_79B9_7F4A_7C15;

    private static readonly byte[][] Insertions =
    [
        [0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], "\\ud800"u8.ToArray(), "\\u0000"u8.ToArray(), "\""u8.ToArray(), "{"u8.ToArray(), "]"u8.ToArray(), ","u8.ToArray(), "<"u8.ToArray(),
        "&"u8.ToArray(), "]]>"u8.ToArray(), "<!DOCTYPE x [<!ENTITY y 'z'>]>"u8.ToArray(), "&y;"u8.ToArray(), "\n"u8.ToArray(), "\t"u8.ToArray(), "1e999"u8.ToArray(), "null"u8.ToArray(),
        "-99999999999999999999"u8.ToArray(), [.. Enumerable.Repeat((byte)'[', 200)], [.. Enumerable.Repeat((byte)'x', 3_000)], "9999-99-99T99:99:99Z"u8.ToArray(),
    ];

    /// <summary>A sample with one to eight injuries.</summary>
    public static Gen<byte[]> Of(byte[] sample) =>
        from injuries in Gen.Choose(1, 8).SelectMany(count => Gen.ArrayOf(Injury(), count))
        select injuries.Aggregate(sample, (bytes, injury) => injury(bytes));

    private static Gen<Func<byte[], byte[]>> Injury() =>
        from kind in Gen.Choose(0, 5)
        from place in Gen.Choose(0, int.MaxValue - 1)
        from size in Gen.Choose(1, 40)
        from octet in Gen.Choose(0, 255)
        select (Func<byte[], byte[]>)(bytes => Injure(bytes, kind, place, size, octet));

    private static byte[] Injure(byte[] bytes, int kind, int place, int size, int octet)
    {
        if (bytes.Length == 0) return [(byte)octet];
        var at = place % bytes.Length;
        var end = Math.Min(bytes.Length, at + size);
        return kind switch
        {
            0 => [.. bytes[..at], (byte)octet, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[end..]],
            2 => [.. bytes[..end], .. bytes[at..]],
            3 => bytes[..at],
            4 => [.. bytes[..at], .. Insertions[octet % Insertions.Length], .. bytes[at..]],
            _ => [.. bytes[end..], .. bytes[..end]],
        };
    }
}
