using System.Globalization;

namespace Monitoring.Classification.Judging;

/// <summary>
/// A built-in list of weighted phrases: lines of tab-separated columns, the last two of which are a weight and phrases parted by
/// <c>|</c>. Of each phrase also the plural of its last word is understood; a <c>~</c> at the end asks for the forms in -ed and -ing as well.
/// </summary>
internal static class PhraseFile
{
    /// <summary>The columns before the weight (joined), the weight, and a phrase as it is written.</summary>
    public static IEnumerable<(string Target, double Weight, string Phrase)> Read(string file)
    {
        using var stream = typeof(PhraseFile).Assembly.GetManifestResourceStream($"Monitoring.Classification.Judging.{file}")
            ?? throw new InvalidOperationException($"{file} is not built in.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var columns = line.Split('\t');
            var weight = double.Parse(columns[^2], CultureInfo.InvariantCulture);
            foreach (var phrase in columns[^1].Split('|')) yield return (columns.Length > 2 ? columns[0] : "", weight, phrase);
        }
    }

    /// <summary>The other forms that a phrase is to be found in.</summary>
    public static IEnumerable<string> Forms(string phrase)
    {
        var isVerb = phrase.EndsWith('~');
        var stem = phrase.TrimEnd('~');
        if (stem.Length < 3 || !char.IsAsciiLetterLower(stem[^1])) return [];
        var silentE = stem.EndsWith('e');
        string[] verbs = isVerb ? [silentE ? stem + "d" : stem + "ed", silentE ? stem[..^1] + "ing" : stem + "ing"] : [];
        return stem[^1] == 's' ? verbs : [.. verbs, Plural(stem)];
    }

    private static string Plural(string stem)
    {
        if (stem.EndsWith('y') && !"aeiou".Contains(stem[^2], StringComparison.Ordinal)) return stem[..^1] + "ies";
        return stem.EndsWith("ch", StringComparison.Ordinal) || stem.EndsWith("sh", StringComparison.Ordinal) || stem[^1] is 'x' or 'z' ? stem + "es" : stem + "s";
    }
}
