using Monitoring.Contracts;

namespace Monitoring.Ingestion.Formats;

/// <summary>Labels of the Traffic Light Protocol, 1.0 and 2.0, as they stand in texts: <c>TLP:AMBER</c>.</summary>
internal static class TlpText
{
    private const string Prefix = "TLP:";

    private static readonly (string Name, Tlp Label)[] Labels =
    [
        ("AMBER+STRICT", Tlp.AmberStrict), ("AMBER", Tlp.Amber), ("RED", Tlp.Red), ("GREEN", Tlp.Green), ("CLEAR", Tlp.Clear), ("WHITE", Tlp.Clear),
    ];

    /// <summary>The strictest label in a text, or <c>null</c> where there is none.</summary>
    public static Tlp? StrictestIn(string? text)
    {
        Tlp? strictest = null;
        for (var rest = text.AsSpan(); rest.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase) is >= 0 and var at;)
        {
            rest = rest[(at + Prefix.Length)..].TrimStart(' ');
            foreach (var (name, label) in Labels)
            {
                if (!rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) || rest.Length > name.Length && char.IsAsciiLetter(rest[name.Length])) continue;
                if (strictest is null || label > strictest) strictest = label;
                break;
            }
        }
        return strictest;
    }
}
