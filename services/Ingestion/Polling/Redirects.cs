namespace Monitoring.Ingestion.Polling;

/// <summary>Where a redirect may lead (RFC 9110, section 15.4). The address it names is checked like any other where the socket connects.</summary>
internal static class Redirects
{
    public const int AtMost = 5;

    public static bool Is(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <returns>The target, or <c>null</c> where <paramref name="problem"/> tells why it is not followed.</returns>
    public static Uri? Follow(Uri from, Uri? location, out string problem)
    {
        problem = "";
        if (location is null) problem = "a redirect without an address";
        else if (!Uri.TryCreate(from, location, out var target) || target.Scheme is not ("http" or "https")) problem = "a redirect to what is no http or https address";
        else if (target.UserInfo.Length > 0) problem = "a redirect to an address with user and password";
        else if (from.Scheme == "https" && target.Scheme == "http") problem = $"a redirect from https to http, to {target.Host}";
        else return target;
        return null;
    }

    /// <summary>Whether what one may know the other may: scheme, host and port are the same.</summary>
    public static bool IsSameOrigin(Uri one, Uri other) => Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
