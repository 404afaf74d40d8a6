namespace Monitoring.Ingestion.Formats.Syndication;

/// <summary>Feeds say the same thing at several lengths, in several elements.</summary>
internal static class FeedTexts
{
    /// <summary>The longest of them, the first of equally long ones; <c>null</c> where there are none.</summary>
    public static string? Longest(params ReadOnlySpan<string?> texts)
    {
        string? longest = null;
        foreach (var text in texts)
            if (text is not null && (longest is null || text.Length > longest.Length)) longest = text;
        return longest;
    }
}
