namespace Monitoring.Alerting.Channels;

/// <summary>Cuts texts to what a target takes.</summary>
internal static class Shortening
{
    /// <summary>At most <paramref name="length"/> UTF-16 code units, with an ellipsis where something was cut, never half of a surrogate pair.</summary>
    public static string Shorten(this string text, int length)
    {
        if (text.Length <= length) return text;
        var end = length - 1;
        if (end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
