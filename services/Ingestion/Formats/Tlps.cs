using System.Buffers;
using Monitoring.Contracts;

namespace Monitoring.Ingestion.Formats;

/// <summary>Labels of the Traffic Light Protocol (FIRST), of both versions, as feeds write them.</summary>
internal static class Tlps
{
    private const string Prefix = "TLP:";

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-_");

    /// <summary>
    /// The label that is meant, with or without <c>TLP:</c> before it, in any case; <c>WHITE</c> is the older name of <c>CLEAR</c>. A label
    /// that is not known is <see cref="Tlp.Red"/>: what can't be understood is shown to nobody it may not have been meant for.
    /// </summary>
    public static Tlp Of(string label)
    {
        var name = label.Trim();
        if (name.StartsWith("TLP", StringComparison.OrdinalIgnoreCase)) name = name["TLP".Length..].TrimStart(':', '-', '_', ' ');
        return name.ToUpperInvariant() switch
        {
            "CLEAR" or "WHITE" => Tlp.Clear,
            "GREEN" => Tlp.Green,
            "AMBER" => Tlp.Amber,
            "AMBER+STRICT" or "AMBER-STRICT" or "AMBER_STRICT" or "AMBER STRICT" => Tlp.AmberStrict,
            _ => Tlp.Red,
        };
    }

    /// <summary>The strictest label that a text tells as <c>TLP:</c> and a word, read as <see cref="Of"/> has it; <c>null</c> where there is none.</summary>
    public static Tlp? StrictestIn(string text)
    {
        Tlp? strictest = null;
        for (var at = 0; text.IndexOf(Prefix, at, StringComparison.OrdinalIgnoreCase) is >= 0 and var found;)
        {
            at = found + Prefix.Length;
            var word = text.AsSpan(at).TrimStart(' ');
            var length = word.IndexOfAnyExcept(Letters);
            word = (length < 0 ? word : word[..length]).TrimEnd("+-_");
            var isOwnWord = found == 0 || !char.IsAsciiLetterOrDigit(text[found - 1]);
            if (isOwnWord && word.Length > 0) strictest = Stricter(strictest, Of(word.ToString()));
        }
        return strictest;
    }

    /// <summary>The stricter of both, where there are two.</summary>
    public static Tlp? Stricter(Tlp? left, Tlp? right) => left is null || right > left ? right ?? left : left;
}
