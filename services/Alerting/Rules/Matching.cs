using System.Globalization;
using System.Text;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Rules;

/// <summary>Whether an incident is what a rule asks for.</summary>
internal static class Matching
{
    public static bool Matches(Rule rule, Incident incident) =>
        rule.Enabled
        && incident.Status == ReportStatus.Actual
        && incident.State == IncidentState.Open
        && incident.Severity >= rule.MinimumSeverity
        && incident.Confidence >= rule.MinimumConfidence
        && (rule.Domains.Count == 0 || rule.Domains.Any(incident.Domains.Contains))
        && (rule.Countries.Count == 0 || incident.Countries.Any(country => country.Role != CountryRole.Mentioned && rule.Countries.Contains(country.Code)))
        && (rule.Alliances.Count == 0 || incident.Members.Any(member => member.Alliances.Any(alliance => rule.Alliances.Contains(alliance, StringComparer.OrdinalIgnoreCase))))
        && (rule.Text is not { } text || HasPhrase(incident.Title, text) || HasPhrase(incident.Summary, text));

    /// <summary>
    /// Whether the text has the words, side by side and whole, in any case: "Niger" is not in "Nigeria", "power cut" is in "Power&#160;cut!".
    /// </summary>
    public static bool HasPhrase(string text, string phrase)
    {
        var words = phrase.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return false;
        if (words.Length > 1) text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var sought = string.Join(' ', words);
        for (var start = 0; (start = text.IndexOf(sought, start, StringComparison.OrdinalIgnoreCase)) >= 0; start++)
        {
            if (StandsAlone(text, start, start + sought.Length)) return true;
        }
        return false;
    }

    /// <summary>A word ends where a letter, digit or mark is followed by none; a phrase that ends in another sign needs no such border.</summary>
    private static bool StandsAlone(string text, int start, int end) =>
        !(WordSignAt(text, start) && WordSignBefore(text, start)) && !(WordSignBefore(text, end) && WordSignAt(text, end));

    private static bool WordSignAt(string text, int index) =>
        index < text.Length && Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out _) == System.Buffers.OperationStatus.Done && IsWordSign(rune);

    private static bool WordSignBefore(string text, int index) =>
        index > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, index), out var rune, out _) == System.Buffers.OperationStatus.Done && IsWordSign(rune);

    private static bool IsWordSign(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
