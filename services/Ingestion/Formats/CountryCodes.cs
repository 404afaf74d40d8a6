using Monitoring.World;

namespace Monitoring.Ingestion.Formats;

/// <summary>Two-letter codes, each made once: most reports carry some.</summary>
internal static class CountryCodes
{
    private static readonly string[] Codes = [.. from first in Enumerable.Range('A', 26) from second in Enumerable.Range('A', 26) select $"{(char)first}{(char)second}"];

    /// <param name="code">Two of the letters A to Z.</param>
    public static string Of(ReadOnlySpan<byte> code) => Codes[(code[0] - 'A') * 26 + code[1] - 'A'];

    /// <param name="alpha3">A code of ISO 3166-1 alpha-3, in either case; <c>null</c> and what is none give <c>null</c>.</param>
    public static string? OfAlpha3(string? alpha3) => alpha3?.Trim() is { Length: 3 } code ? Countries.FindByAlpha3(code.ToUpperInvariant())?.Code : null;
}
