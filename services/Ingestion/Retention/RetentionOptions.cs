namespace Monitoring.Ingestion.Retention;

/// <summary>How long things are kept; <c>Retention:…</c> in configuration.</summary>
internal sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Days after its newest revision for which a report is kept.</summary>
    public int Reports { get; init; } = 400;

    /// <summary>Days for which a refused item is kept.</summary>
    public int Quarantine { get; init; } = 30;

    /// <summary>Bytes of refused items that are kept of one feed, the newest ones.</summary>
    public long QuarantineBytesPerFeed { get; init; } = 256 << 20;

    public bool IsValid => Reports > 0 && Quarantine > 0 && QuarantineBytesPerFeed > 0;
}
