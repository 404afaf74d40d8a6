using System.Reflection;

namespace Monitoring.Classification.Stories;

/// <summary>Kinds of things, a bit each, by the words for them: a line of a table for each kind.</summary>
internal sealed class Kinds
{
    private readonly Dictionary<int, ulong> bits = [];

    private Kinds(string table)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Monitoring.Classification.Stories.{table}")!);
        var bit = 1UL;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            foreach (var stem in line[(line.IndexOf('\t') + 1)..].Split('|').Select(Stems.HashOf)) bits[stem] = bits.GetValueOrDefault(stem) | bit;
            bit <<= 1;
        }
    }

    /// <summary>What happened: a quake is no flood, a lawsuit no sale.</summary>
    public static Kinds Happenings { get; } = new("happenings.tsv");

    /// <summary>Whom it befell: a hospital is no university.</summary>
    public static Kinds Bodies { get; } = new("bodies.tsv");

    /// <summary>A bit for each kind that the word stands for.</summary>
    public ulong Of(int stem) => bits.GetValueOrDefault(stem);
}
