using System.Security.Cryptography;
using System.Text;
using Monitoring.Classification.Language;

namespace Monitoring.Classification.Judging;

/// <summary>
/// A number for what each row of weights stands for. Weights that were learnt with another one would judge, and nonsense: they are refused.
/// </summary>
/// <remarks>
/// It follows from the groups of words, and from the rows and strengths of the features that a text is read into which has one of each
/// kind. Its words are made up, so that a phrase more or less in the topics does not put weights out of use.
/// </remarks>
internal static class FeatureLayout
{
    private const string Title = "Zorvik blenthar: 12 killed, 340 injured and 5,000 displaced as Quimbol's VORMAX \"plindery\" reaches 7.3%?";
    private const string Text = "Two drabnels of Ushterom quelvish, 2025. More than 60 dead in Ghelm-Tovar; threllbank $4.5 million!";

    public static ulong Number { get; } = Read();

    private static ulong Read()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var groups = WordGroups.Open();
        var content = new byte[groups.Length];
        groups.ReadExactly(content);
        hash.AppendData(content);
        var features = new TextFeatures();
        features.Read(Tokens.Of(Title), Tokens.Of(Text));
        // Rounded, since the last digits of a logarithm are not the same on every machine.
        foreach (var feature in features.Found)
            hash.AppendData(Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{feature.Row} {feature.Kind} {feature.Value:0.00};")));
        return BitConverter.ToUInt64(hash.GetHashAndReset());
    }
}
