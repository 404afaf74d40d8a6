using Monitoring.Contracts;

namespace Monitoring.Classification.Training;

/// <summary>A text with what a reader said of it.</summary>
internal sealed record LabelledText
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public string? Text { get; init; }
    public string? Source { get; init; }
    public DateTimeOffset? Published { get; init; }
    /// <summary>BCP 47; <c>null</c> where nobody said.</summary>
    public string? Language { get; init; }
    /// <summary>What it is about; empty for none of the four, and where <see cref="IsLabelled"/> is false.</summary>
    public IReadOnlyList<Domain> Domains { get; init; } = [];
    public Severity? Severity { get; init; }
    /// <summary>ISO 3166-1 alpha-2; <c>null</c> where nobody looked.</summary>
    public IReadOnlyList<string>? Countries { get; init; }
    /// <summary>A second reader may well decide otherwise.</summary>
    public bool IsDoubtful { get; init; }
    /// <summary>Labelled by keywords or by its collection, not by reading.</summary>
    public bool IsWeak { get; init; }
    public bool IsLabelled { get; init; } = true;
}
