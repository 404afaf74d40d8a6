using Monitoring.Contracts;

namespace Monitoring.Classification.Training;

/// <summary>
/// How often the countries of a label are met, over all texts together: given are those that are affected or act, since a label names the
/// places hit and the states acting or targeted; who is only mentioned does not count.
/// </summary>
/// <param name="Texts">Texts whose countries somebody looked for.</param>
/// <param name="Met">Countries given and labelled.</param>
/// <param name="Given">Countries given.</param>
/// <param name="Labelled">Countries labelled.</param>
internal sealed record CountryScores(int Texts, int Met, int Given, int Labelled)
{
    public double Precision => Given == 0 ? 1 : (double)Met / Given;
    public double Recall => Labelled == 0 ? 1 : (double)Met / Labelled;
    public double F1 => Given + Labelled == 0 ? 1 : 2.0 * Met / (Given + Labelled);

    public static CountryScores Of(IEnumerable<JudgedText> judged)
    {
        var (texts, met, given, labelled) = (0, 0, 0, 0);
        foreach (var (text, verdict) in judged)
        {
            if (text.Countries is not { } label) continue;
            var found = GivenBy(verdict);
            texts++;
            met += found.Count(label.Contains);
            given += found.Count;
            labelled += label.Count;
        }
        return new CountryScores(texts, met, given, labelled);
    }

    public static IReadOnlyList<string> GivenBy(Verdict verdict) => [.. verdict.Countries.Where(country => country.Role != CountryRole.Mentioned).Select(country => country.Code)];
}
