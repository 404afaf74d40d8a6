using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using Monitoring.Contracts;

namespace Monitoring.Classification.Judging;

/// <summary>What a linear model adds to its weights to decide.</summary>
internal sealed record Decisions
{
    /// <summary>By column, added to its score.</summary>
    public required float[] Biases { get; init; }
    /// <summary>By column, the score (a logit) from which on it is given.</summary>
    public required float[] Thresholds { get; init; }
}

/// <summary>
/// One row of weights for each feature, with a column for each domain and one for each level of severity. Scores are calibrated logits: of
/// being about the domain, of being at least that severe. Weights are kept as 16-bit integers with one scale a column.
/// </summary>
internal sealed class LinearModel
{
    public const int Domains = 4;
    /// <summary>The domains, then the levels of severity above the least. A row is one vector, and never lies on two lines of the cache.</summary>
    public const int Columns = 8;
    private const uint Magic = 0x334D4C4D;
    private const int BytesAtMost = 16 << 20;

    private readonly short[] weights;
    private readonly float[] scales;

    private LinearModel(string version, short[] weights, float[] scales, Decisions decisions) =>
        (Version, this.weights, this.scales, Decisions) = (version, weights, scales, decisions);

    public string Version { get; }

    public Decisions Decisions { get; }

    /// <summary>Makes a model of weights by row and column (<see cref="Columns"/> each).</summary>
    /// <exception cref="ArgumentException">A number is not finite: nothing could be judged by it.</exception>
    public static LinearModel Of(string version, ReadOnlySpan<float> weights, Decisions decisions)
    {
        if (!AreSound(decisions)) throw new ArgumentException("Biases and thresholds must be finite numbers.", nameof(decisions));
        foreach (var weight in weights) if (!float.IsFinite(weight)) throw new ArgumentException("A weight must be a finite number.", nameof(weights));
        var scales = new float[Columns];
        for (var index = 0; index < weights.Length; index++)
            scales[index % Columns] = Math.Max(scales[index % Columns], Math.Abs(weights[index]) / short.MaxValue);
        var rows = new short[weights.Length];
        for (var index = 0; index < weights.Length; index++)
            if (weights[index] != 0) rows[index] = (short)MathF.Round(weights[index] / scales[index % Columns]);
        return new(version, rows, scales, decisions);
    }

    /// <summary>The weights by row and column, as <see cref="Of"/> takes them.</summary>
    public float[] Weights()
    {
        var unpacked = new float[weights.Length];
        for (var index = 0; index < unpacked.Length; index++) unpacked[index] = weights[index] * scales[index % Columns];
        return unpacked;
    }

    /// <summary>
    /// Adds up what the features of a text weigh: <paramref name="sums"/> by column (room for 8), and, where it has room, <paramref name="spans"/>
    /// by span and column (8 each), which must be zero.
    /// </summary>
    public void Score(ReadOnlySpan<Feature> features, Span<float> sums, Span<float> spans)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(weights);
        var total = Vector256<float>.Zero;
        var perColumn = Vector256.Create<float>(scales);
        foreach (ref readonly var feature in features)
        {
            var row = Vector128.LoadUnsafe(ref first, (nuint)(feature.Row * Columns));
            var (lower, upper) = Vector128.Widen(row);
            var moved = Vector256.ConvertToSingle(Vector256.Create(lower, upper)) * feature.Value;
            total += moved;
            if (feature.Span < 0 || spans.IsEmpty) continue;
            var place = spans.Slice(feature.Span * Columns, Columns);
            (Vector256.Create<float>(place) + moved * perColumn).CopyTo(place);
        }
        (total * perColumn).CopyTo(sums);
    }

    /// <summary>The column whose score is the logit of a report's being at least this severe; there is none for the least.</summary>
    public static int ColumnOf(Severity severity) => Domains + (int)severity - 1;

    /// <summary>The weights that are built in.</summary>
    public static LinearModel BuiltIn()
    {
        using var stream = typeof(LinearModel).Assembly.GetManifestResourceStream("Monitoring.Classification.Judging.weights.bin")
            ?? throw new InvalidOperationException("weights.bin is not built in.");
        return Load(stream);
    }

    /// <summary>The same model by a version that tells it from any other of that name: the name and a number of what it consists of.</summary>
    public LinearModel Numbered()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var values in (float[][])[Decisions.Biases, Decisions.Thresholds, scales]) hash.AppendData(MemoryMarshal.AsBytes<float>(values));
        hash.AppendData(MemoryMarshal.AsBytes<short>(weights));
        hash.AppendData(BitConverter.GetBytes(FeatureLayout.Number));
        return new($"{Version}-{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 4))}", weights, scales, Decisions);
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such file, it is damaged, or it is one for other features.</exception>
    public static LinearModel Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Load(stream);
    }

    /// <summary>
    /// Writes the model: what kind of file this is, the layout of the features, a checksum of all that follows, then the version, biases,
    /// thresholds and scales, and the columns one after the other, compressed.
    /// </summary>
    public void Save(Stream stream)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Version);
            foreach (var values in (float[][])[Decisions.Biases, Decisions.Thresholds, scales])
                foreach (var value in values) writer.Write(value);
        }
        using (var compressed = new BrotliStream(content, CompressionLevel.Optimal, leaveOpen: true))
        {
            var column = new short[TextFeatures.Rows];
            for (var index = 0; index < Columns; index++)
            {
                for (var row = 0; row < column.Length; row++) column[row] = weights[row * Columns + index];
                compressed.Write(MemoryMarshal.AsBytes<short>(column));
            }
        }
        using var header = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        header.Write(Magic);
        header.Write(FeatureLayout.Number);
        header.Write(SHA256.HashData(content.ToArray()));
        header.Write(content.ToArray());
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such file, it is damaged, or it is one for other features.</exception>
    public static LinearModel Load(Stream stream)
    {
        try
        {
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            if (reader.ReadUInt32() != Magic) throw new InvalidDataException("These are no weights of a linear model, or an older version's.");
            if (reader.ReadUInt64() != FeatureLayout.Number) throw new InvalidDataException("The weights are for other features than this version reads texts into. Train them again.");
            var checksum = reader.ReadBytes(SHA256.HashSizeInBytes);
            var content = reader.ReadBytes(BytesAtMost);
            if (!checksum.AsSpan().SequenceEqual(SHA256.HashData(content))) throw new InvalidDataException("The weights are damaged.");
            return Read(content);
        }
        // What a well-formed file cannot cause: a short header, a text that is none, a stream that Brotli did not make.
        catch (Exception exception) when (exception is EndOfStreamException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException("The weights are damaged.", exception);
        }
    }

    private static LinearModel Read(byte[] content)
    {
        using var stream = new MemoryStream(content);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        var version = reader.ReadString();
        var decisions = new Decisions { Biases = Floats(reader, Columns), Thresholds = Floats(reader, Columns) };
        var scales = Floats(reader, Columns);
        if (!AreSound(decisions) || scales.Any(scale => !float.IsFinite(scale) || scale < 0)) throw new InvalidDataException("The weights have numbers that none can be judged by.");
        using var compressed = new BrotliStream(stream, CompressionMode.Decompress);
        var weights = new short[TextFeatures.Rows * Columns];
        var column = new short[TextFeatures.Rows];
        for (var index = 0; index < Columns; index++)
        {
            compressed.ReadExactly(MemoryMarshal.AsBytes(column.AsSpan()));
            for (var row = 0; row < column.Length; row++) weights[row * Columns + index] = column[row];
        }
        return new(version, weights, scales, decisions);
    }

    private static bool AreSound(Decisions decisions) =>
        decisions.Biases.Concat(decisions.Thresholds).All(float.IsFinite);

    private static float[] Floats(BinaryReader reader, int count)
    {
        var values = new float[count];
        for (var index = 0; index < count; index++) values[index] = reader.ReadSingle();
        return values;
    }
}
