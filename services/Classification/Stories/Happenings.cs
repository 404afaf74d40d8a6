using System.Reflection;

namespace Monitoring.Classification.Stories;

/// <summary>What kind of thing happened, by the words for it (<c>happenings.tsv</c>): a quake is no flood, a lawsuit no sale.</summary>
internal static class Happenings
{
    private static readonly Dictionary<int, ulong> Kinds = Read();

    /// <summary>A bit for each kind that the word stands for.</summary>
    public static ulong Of(int stem) => Kinds.GetValueOrDefault(stem);

    private static Dictionary<int, ulong> Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Monitoring.Classification.Stories.happenings.tsv")!);
        var kinds = new Dictionary<int, ulong>();
        var bit = 1UL;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            foreach (var stem in line[(line.IndexOf('\t') + 1)..].Split('|').Select(Stems.HashOf)) kinds[stem] = kinds.GetValueOrDefault(stem) | bit;
            bit <<= 1;
        }
        return kinds;
    }
}
