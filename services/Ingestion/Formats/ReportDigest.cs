using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Monitoring.Contracts;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// SHA-256 of a report's content, of which white space, the order of members, the spelling of a time or an escape are no part: of two posts
/// with the same digest the second tells nothing new.
/// </summary>
internal static class ReportDigest
{
    public const int Length = SHA256.HashSizeInBytes;

    [ThreadStatic]
    private static Scratch? scratch;

    public static byte[] Of(Report report)
    {
        // Attributes are the only member without an order of their own.
        if (!IsSorted(report.Attributes))
            report = report with { Attributes = new SortedDictionary<string, string>(report.Attributes.ToDictionary(), StringComparer.Ordinal) };
        var (bytes, writer) = scratch ??= new Scratch();
        bytes.ResetWrittenCount();
        writer.Reset();
        JsonSerializer.Serialize(writer, report, ContractsJson.Default.Report);
        var digest = SHA256.HashData(bytes.WrittenSpan);
        if (bytes.Capacity > Scratch.KeptBytes) scratch = null;
        return digest;
    }

    private static bool IsSorted(IReadOnlyDictionary<string, string> attributes)
    {
        if (attributes.Count < 2) return true;
        string? before = null;
        foreach (var (name, _) in attributes)
        {
            if (before is not null && string.CompareOrdinal(before, name) > 0) return false;
            before = name;
        }
        return true;
    }

    /// <summary>The report under a name made of its content, for a feed that gives it none.</summary>
    public static Report Name(Report report) => report with { ExternalId = Convert.ToHexStringLower(Of(report with { ExternalId = "" })) };

    private sealed class Scratch
    {
        public const int KeptBytes = 256 << 10;

        private readonly ArrayBufferWriter<byte> bytes = new(4 << 10);
        private readonly Utf8JsonWriter writer;

        public Scratch() => writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { SkipValidation = true });

        public void Deconstruct(out ArrayBufferWriter<byte> bytes, out Utf8JsonWriter writer) => (bytes, writer) = (this.bytes, this.writer);
    }
}
