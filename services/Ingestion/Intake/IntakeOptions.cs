using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Intake;

/// <summary>Bounds of one post; <c>Intake:…</c> in configuration.</summary>
internal sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>Bytes of a body, before and after decompression.</summary>
    public long MaxBytes { get; init; } = 64 << 20;

    /// <summary>Items of a body.</summary>
    public int MaxItems { get; init; } = 50_000;

    /// <summary>Bytes of one item.</summary>
    public int MaxItemBytes { get; init; } = 1 << 20;

    /// <summary>Bytes that all bodies together take which have to be held whole before their items can be told apart.</summary>
    public long MaxHeldBytes { get; init; } = 160 << 20;

    /// <summary>How long a body may take to come in.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromMinutes(2);

    public FormatLimits ItemLimits => FormatLimits.Default with { ItemBytes = MaxItemBytes, Items = MaxItems };

    public bool IsValid => MaxHeldBytes >= 1 << 20 && MaxBytes >= 1 << 10 && MaxItems > 0 && MaxItemBytes is >= 1 << 10 and <= 16 << 20 && MaxDuration >= TimeSpan.FromSeconds(1);
}
