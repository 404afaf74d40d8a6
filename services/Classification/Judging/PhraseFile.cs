namespace Monitoring.Classification.Judging;

/// <summary>
/// How phrases are written in built-in lists: of each also the plural of its last word is understood; a <c>~</c> at the end asks for the
/// forms in -ed and -ing as well.
/// </summary>
internal static class PhraseFile
{
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
