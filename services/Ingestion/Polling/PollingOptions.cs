namespace Monitoring.Ingestion.Polling;

/// <summary>Bounds of fetching; <c>Polling:…</c> in configuration, beside <see cref="NetworksSetting"/>.</summary>
internal sealed class PollingOptions
{
    public const string Section = "Polling";

    /// <summary>CIDR blocks of internal networks that feeds may be fetched from; none by default.</summary>
    public const string NetworksSetting = "Polling:AllowedPrivateNetworks";

    public static readonly TimeSpan LongestEvery = TimeSpan.FromDays(7);

    /// <summary>Fetches under way at once, in each copy of the service; 0 leaves them all to other copies.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>How long an answer may take, redirects and all, to its last byte; a page of a TAXII collection is an answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of an answer, before and after decompression; a page of a TAXII collection may have 16 MiB at most.</summary>
    public long MaxBytes { get; init; } = 64 << 20;

    /// <summary>The shortest time between two fetches that a feed may be given.</summary>
    public TimeSpan MinimumEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pages of a TAXII collection that are read in one go; the rest soon after, once other feeds had their turn.</summary>
    public int MaxPages { get; init; } = 100;

    /// <summary>How the fetches name themselves; some publishers want an address to write to in it.</summary>
    public string UserAgent { get; init; } = "Monitoring/1.0";

    public bool IsValid => Concurrency is >= 0 and <= 256 && Timeout >= TimeSpan.FromSeconds(1) && Timeout <= TimeSpan.FromHours(1) && MaxBytes >= 1 << 10 && MaxPages > 0
        && MinimumEvery >= TimeSpan.FromSeconds(1) && MinimumEvery <= LongestEvery
        && UserAgent.Length is > 0 and <= 300 && UserAgent.All(letter => letter is >= ' ' and <= '~');
}
