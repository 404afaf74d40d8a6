using Microsoft.EntityFrameworkCore;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Classification.Storage;

/// <summary>The schema <c>classification</c>.</summary>
internal sealed class ClassificationDb(DbContextOptions<ClassificationDb> options) : ServiceDbContext(options, "classification")
{
    public DbSet<IncidentRow> Incidents => Set<IncidentRow>();
    public DbSet<IncidentReportRow> IncidentReports => Set<IncidentReportRow>();
    public DbSet<StoryKeysRow> StoryKeys => Set<StoryKeysRow>();
    public DbSet<IncidentVersionRow> IncidentVersions => Set<IncidentVersionRow>();
    public DbSet<DeletedIncidentRow> DeletedIncidents => Set<DeletedIncidentRow>();
    public DbSet<CorrectionRow> Corrections => Set<CorrectionRow>();
    public DbSet<CorrectedVersionRow> CorrectedVersions => Set<CorrectedVersionRow>();
    public DbSet<ModelRow> Models => Set<ModelRow>();
    public DbSet<ModelActivationRow> ModelActivations => Set<ModelActivationRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<IncidentRow>(row =>
        {
            row.ToTable("incidents").HasKey(r => r.Id);
            row.Property(r => r.Details).HasColumnType("json");
            row.Property(r => r.Corrected).HasColumnType("jsonb");
        });
        modelBuilder.Entity<IncidentReportRow>(row =>
        {
            row.ToTable("incident_reports").HasKey(r => r.ReportId);
            row.Property(r => r.Told).HasColumnType("json");
        });
        modelBuilder.Entity<StoryKeysRow>(row =>
        {
            row.ToTable("story_keys").HasNoKey();
            row.Property(r => r.Tx).HasColumnType("xid8");
        });
        modelBuilder.Entity<DeletedIncidentRow>().ToTable("deleted_incidents").HasKey(r => r.Id);
        modelBuilder.Entity<IncidentVersionRow>().ToTable("incident_versions").HasKey(r => new { r.IncidentId, r.Version });
        modelBuilder.MapCorrections();
    }
}

/// <summary>The current version of an incident. What is searched by has a column; the rest is in <see cref="IncidentDetails"/>.</summary>
internal sealed class IncidentRow
{
    public required Guid Id { get; init; }
    public required int Version { get; init; }
    public required string State { get; init; }
    public Guid? MergedInto { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required string[] Domains { get; init; }
    public required string Severity { get; init; }
    public required double Confidence { get; init; }
    public required string[] Countries { get; init; }
    public required string[] Alliances { get; init; }
    public required string Status { get; init; }
    public required string Tlp { get; init; }
    public string[]? ReleasableTo { get; init; }
    public required DateTimeOffset FirstReportedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public required int Credibility { get; init; }
    public required int ReportCount { get; init; }
    public string? TraceId { get; init; }
    public required string Details { get; init; }
    /// <summary>What analysts said of it, a <see cref="Monitoring.Classification.Corrections.AnalystsWord"/>.</summary>
    public string? Corrected { get; init; }
}

/// <summary>The newest revision seen of a report; revision 0 is the trace of a cancellation or an update of it that came before it.</summary>
internal sealed class IncidentReportRow
{
    public required Guid ReportId { get; init; }
    public required Guid IncidentId { get; init; }
    public required int Revision { get; init; }
    public required Guid FeedId { get; init; }
    public required string Feed { get; init; }
    public required string ExternalId { get; init; }
    public required string Action { get; init; }
    public string? Url { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public Guid? CancelledBy { get; init; }
    /// <summary>The report that took its place.</summary>
    public Guid? SupersededBy { get; init; }
    /// <summary>What its incident needs of it, a <see cref="Stories.ToldReport"/>; absent where it tells nothing.</summary>
    public string? Told { get; init; }
    /// <summary>By which it is joined, a <see cref="Stories.Signature"/>; absent where it cannot be.</summary>
    public byte[]? Signature { get; init; }
    /// <summary>The publisher's house and how reliable the feed is; absent where the report tells nothing.</summary>
    public string? Family { get; init; }
    public string? Reliability { get; init; }
    /// <summary>An analyst placed it in its incident.</summary>
    public required bool Pinned { get; init; }
}

/// <summary>What a report is found by when others of its event come, once for each of its revisions.</summary>
internal sealed class StoryKeysRow
{
    /// <summary>The transaction that wrote it.</summary>
    public required ulong Tx { get; init; }
    public required Guid ReportId { get; init; }
    public required DateTimeOffset ToldAt { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    /// <summary>Four bytes a key, the lowest first.</summary>
    public required byte[] Keys { get; init; }
}

/// <summary>The last version of an incident that was deleted.</summary>
internal sealed class DeletedIncidentRow
{
    public required Guid Id { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset DeletedAt { get; init; }
}

/// <summary>A superseded version of an incident.</summary>
internal sealed class IncidentVersionRow
{
    public required Guid IncidentId { get; init; }
    public required int Version { get; init; }
    public required string State { get; init; }
    public required string Title { get; init; }
    public required string[] Domains { get; init; }
    public required string Severity { get; init; }
    public required double Confidence { get; init; }
    public required string[] Countries { get; init; }
    public required int Credibility { get; init; }
    public required int ReportCount { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
