using System.Runtime.InteropServices;

namespace Monitoring.Classification.Judging;

/// <summary>
/// Groups of words that mean alike, from large to small, so that a word which no training text had is known by its fellows. Made once, of a
/// public language model (MODEL.md says how), and kept by the hashes of words.
/// </summary>
internal sealed class WordGroups
{
    private const int Slots = 1 << 18;

    private readonly int[] places = new int[Slots];
    private readonly uint[] keys;
    private readonly ushort[] groups;

    private WordGroups(BinaryReader reader)
    {
        keys = new uint[reader.ReadInt32()];
        groups = new ushort[keys.Length * Levels];
        if (reader.ReadInt32() != Levels) throw new InvalidDataException($"Words are grouped at {Levels} levels.");
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(keys.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(groups.AsSpan()));
        for (var index = 0; index < keys.Length; index++)
        {
            var place = PlaceOf(keys[index]);
            while (places[place] != 0) place = (place + 1) & (Slots - 1);
            places[place] = index + 1;
        }
    }

    /// <summary>Those that are built in.</summary>
    public static WordGroups BuiltIn { get; } = Load();

    /// <summary>How many groups a word belongs to, one at each level.</summary>
    public static int Levels => 4;

    /// <summary>The number of the word with a hash (<see cref="TextFeatures.HashOf"/>), or -1.</summary>
    public int Find(uint hash)
    {
        for (var place = PlaceOf(hash); places[place] is var index and > 0; place = (place + 1) & (Slots - 1))
            if (keys[index - 1] == hash) return index - 1;
        return -1;
    }

    /// <summary>The group of a word at a level.</summary>
    public uint Of(int word, int level) => groups[level * keys.Length + word];

    private static int PlaceOf(uint hash) => (int)(hash * 2654435761u >> 14);

    /// <summary>The file that they are read from.</summary>
    public static Stream Open() => typeof(WordGroups).Assembly.GetManifestResourceStream("Monitoring.Classification.Judging.words.bin")
        ?? throw new InvalidOperationException("words.bin is not built in.");

    private static WordGroups Load()
    {
        using var reader = new BinaryReader(Open());
        return new WordGroups(reader);
    }
}
