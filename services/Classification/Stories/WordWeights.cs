using System.Reflection;
using Monitoring.Classification.Language;

namespace Monitoring.Classification.Stories;

/// <summary>
/// How rare words are in the news, and which are names: hashed figures (<c>frequencies.bin</c>, one byte a bucket: seven bits of the
/// inverse document frequency in eighths, and a bit for names), learnt from headlines by <c>learn-frequencies</c>. A word that was never
/// seen is as rare as can be, and a name.
/// </summary>
internal sealed class WordWeights
{
    private const int Buckets = 1 << 17;
    private const byte Name = 0x80;
    private readonly byte[] figures;

    private WordWeights(byte[] figures) => this.figures = figures;

    /// <summary>What is built in.</summary>
    public static WordWeights BuiltIn { get; } = Read();

    /// <summary>In eighths.</summary>
    public byte Of(int word) => (byte)(figures[(uint)word % Buckets] & ~Name);

    public bool IsName(int word) => (figures[(uint)word % Buckets] & Name) != 0;

    /// <summary>Learns the figures from titles; answers with the content of the file.</summary>
    public static byte[] Learn(IReadOnlyCollection<string> titles)
    {
        var (documents, capitals, smalls) = (new int[Buckets], new int[Buckets], new int[Buckets]);
        foreach (var title in titles)
        {
            var tokens = Tokens.Of(title);
            var words = Stems.Of(tokens);
            foreach (var bucket in words.Select(word => (uint)word.Hash % Buckets).Distinct()) documents[bucket]++;
            // Where most words are written small, a capital within the title makes a name.
            if (words.Count(word => word.IsSmall) * 2 < words.Count) continue;
            foreach (var word in words.Skip(1)) (word.IsSmall ? smalls : capitals)[(uint)word.Hash % Buckets]++;
        }
        var figures = new byte[Buckets];
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            var rarity = (byte)Math.Min(127, Math.Round(8 * Math.Log((titles.Count + 1.0) / (documents[bucket] + 1))));
            var isName = capitals[bucket] > 2 * smalls[bucket] || capitals[bucket] + smalls[bucket] == 0;
            figures[bucket] = isName ? (byte)(rarity | Name) : rarity;
        }
        return figures;
    }

    private static WordWeights Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Monitoring.Classification.Stories.frequencies.bin")!;
        var figures = new byte[Buckets];
        stream.ReadExactly(figures);
        return new(figures);
    }
}
