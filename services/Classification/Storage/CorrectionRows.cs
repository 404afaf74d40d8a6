using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Monitoring.Classification.Corrections;

namespace Monitoring.Classification.Storage;

/// <summary>A correction with its labelled text.</summary>
internal sealed class CorrectionRow
{
    public required Guid Id { get; init; }
    public required Guid IncidentId { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required string Reason { get; init; }
    public required string Change { get; init; }
    public required string Before { get; init; }
    public required Guid[] Incidents { get; init; }
    public required Guid ReportId { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public string? Language { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public string? Label { get; init; }

    public Correction ToCorrection() => new()
    {
        Id = Id,
        IncidentId = IncidentId,
        Version = Version,
        By = CreatedBy,
        At = CreatedAt,
        Reason = Reason,
        Change = JsonSerializer.Deserialize(Change, CorrectionJson.Default.CorrectionChange)!,
        Before = JsonSerializer.Deserialize(Before, CorrectionJson.Default.CorrectedState)!,
        Incidents = Incidents,
    };
}

/// <summary>The version of an incident that a correction made.</summary>
internal sealed class CorrectedVersionRow
{
    public required Guid IncidentId { get; init; }
    public required int Version { get; init; }
    public required Guid CorrectionId { get; init; }
}

/// <summary>A model that was trained here; its weights are only read where it is loaded.</summary>
internal sealed class ModelRow
{
    public required string Version { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required string TrainedFrom { get; init; }
    public required string Foundation { get; init; }
    public required int Examples { get; init; }
    public required int KeptBack { get; init; }
    public required DateTimeOffset LearntUntil { get; init; }
    public required string Figures { get; init; }
    public required byte[] Weights { get; init; }
}

/// <summary>That a model was put in force.</summary>
internal sealed class ModelActivationRow
{
    public long Id { get; init; }
    public required string Version { get; init; }
    public required DateTimeOffset ActivatedAt { get; init; }
    public required string ActivatedBy { get; init; }
    /// <summary>A person went back to it: no training replaces it by itself.</summary>
    public required bool Holds { get; init; }
}

/// <summary>How corrections are written into their columns.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnalystsWord))]
[JsonSerializable(typeof(CorrectionChange))]
[JsonSerializable(typeof(CorrectedState))]
internal sealed partial class CorrectionJson : JsonSerializerContext;

internal static class CorrectionModel
{
    public static void MapCorrections(this ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CorrectionRow>(row =>
        {
            row.ToTable("corrections").HasKey(r => r.Id);
            foreach (var json in new[] { nameof(CorrectionRow.Change), nameof(CorrectionRow.Before), nameof(CorrectionRow.Label) }) row.Property(json).HasColumnType("jsonb");
        });
        modelBuilder.Entity<CorrectedVersionRow>().ToTable("corrected_versions").HasKey(r => new { r.IncidentId, r.Version });
        modelBuilder.Entity<ModelRow>(row =>
        {
            row.ToTable("models").HasKey(r => r.Version);
            row.Property(r => r.Figures).HasColumnType("jsonb");
        });
        modelBuilder.Entity<ModelActivationRow>().ToTable("model_activations").HasKey(r => r.Id);
    }
}
