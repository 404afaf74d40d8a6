using System.Security.Cryptography;
using System.Text;
using Monitoring.Classification.Training;

namespace Monitoring.Classification.Retraining;

/// <summary>The labelled texts that corrections left, parted into those that are learnt from and those that are only measured by.</summary>
internal sealed record Examples(IReadOnlyList<LabelledText> Learnt, IReadOnlyList<LabelledText> KeptBack)
{
    /// <summary>Parts them by a hash of their ids, so that a text that was measured by once is never learnt from later.</summary>
    public static Examples Part(IReadOnlyList<LabelledText> texts, double keptBack)
    {
        var byPart = texts.ToLookup(text => Fraction(text.Id) < keptBack);
        return new([.. byPart[false]], [.. byPart[true]]);
    }

    /// <summary>Evenly spread between 0 and 1.</summary>
    private static double Fraction(string id) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(id))) / (uint.MaxValue + 1.0);
}
