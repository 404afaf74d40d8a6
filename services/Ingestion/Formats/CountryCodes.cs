namespace Monitoring.Ingestion.Formats;

/// <summary>Two-letter codes, each made once: most reports carry some.</summary>
internal static class CountryCodes
{
    private static readonly string[] Codes = [.. from first in Enumerable.Range('A', 26) from second in Enumerable.Range('A', 26) select $"{(char)first}{(char)second}"];

    /// <param name="code">Two of the letters A to Z.</param>
    public static string Of(ReadOnlySpan<byte> code) => Codes[(code[0] - 'A') * 26 + code[1] - 'A'];
}
