using Monitoring.Contracts;

namespace Monitoring.Classification.Stories;

/// <summary>Who may see what several reports tell.</summary>
internal static class Markings
{
    /// <summary>The stricter label, and those whom both may be released to: of several reports the strictest wins.</summary>
    public static Marking Strictest(Marking one, Marking other) => new()
    {
        Tlp = one.Tlp > other.Tlp ? one.Tlp : other.Tlp,
        ReleasableTo = one.ReleasableTo is null ? other.ReleasableTo
            : other.ReleasableTo is null ? one.ReleasableTo
            : [.. one.ReleasableTo.Intersect(other.ReleasableTo, StringComparer.OrdinalIgnoreCase)],
    };
}
