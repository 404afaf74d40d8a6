using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Monitoring.Contracts;
using Monitoring.Ingestion.Polling;
using Monitoring.ServiceDefaults.Protection;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Ingestion.Storage;

/// <summary>Ingestion's schema. Reports, revisions and what is refused are written in bulk by SQL beside this mapping, and read through it.</summary>
internal sealed class IngestionDb(DbContextOptions<IngestionDb> options) : ServiceDbContext(options, "ingestion")
{
    public DbSet<FeedRow> Feeds => Set<FeedRow>();

    public DbSet<FeedKeyRow> FeedKeys => Set<FeedKeyRow>();

    public DbSet<ReportRow> Reports => Set<ReportRow>();

    public DbSet<ReportRevisionRow> ReportRevisions => Set<ReportRevisionRow>();

    public DbSet<QuarantineRow> Quarantine => Set<QuarantineRow>();

    public DbSet<PollRow> Polls => Set<PollRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.MapProtectionKeys();
        modelBuilder.Entity<FeedRow>(MapFeed);
        modelBuilder.Entity<FeedHealthRow>(health =>
        {
            health.ToTable("feed_health").HasKey(row => row.FeedId);
            health.HasOne<FeedRow>().WithOne(feed => feed.Health).HasForeignKey<FeedHealthRow>(row => row.FeedId);
            health.Property(row => row.State).HasConversion(new WireName<FeedHealth>());
        });
        modelBuilder.Entity<FeedHourRow>(hour => hour.ToTable("feed_hours").HasKey(row => new { row.FeedId, row.Hour }));
        modelBuilder.Entity<FeedKeyRow>(key =>
        {
            key.ToTable("feed_keys").HasKey(row => row.Id);
            key.HasOne<FeedRow>().WithMany(feed => feed.Keys).HasForeignKey(row => row.FeedId);
            key.HasIndex(row => row.Digest).IsUnique();
        });
        modelBuilder.Entity<ReportRow>(report => report.ToTable("reports").HasKey(row => row.Id));
        modelBuilder.Entity<ReportRevisionRow>(revision =>
        {
            revision.ToTable("report_revisions").HasKey(row => new { row.ReportId, row.Revision });
            revision.Property(row => row.Action).HasConversion(new WireName<ReportAction>());
        });
        modelBuilder.Entity<IdempotentItemRow>(item => item.ToTable("idempotent_items").HasKey(row => new { row.FeedId, row.Key, row.ItemIndex }));
        modelBuilder.Entity<IdempotentPostRow>(post => post.ToTable("idempotent_posts").HasKey(row => new { row.FeedId, row.Key }));
        modelBuilder.Entity<QuarantineRow>(item =>
        {
            item.ToTable("quarantine").HasKey(row => row.Id);
            item.Property(row => row.Problems).HasColumnType("jsonb");
            item.HasOne(row => row.Feed).WithMany().HasForeignKey(row => row.FeedId);
        });
        modelBuilder.Entity<PollRow>(MapPoll);
    }

    private static void MapFeed(EntityTypeBuilder<FeedRow> feed)
    {
        feed.ToTable("feeds").HasKey(row => row.Id);
        feed.HasIndex(row => row.Name).IsUnique();
        feed.Property(row => row.Reliability).HasConversion(new WireName<Reliability>());
        feed.Property(row => row.Marking).HasColumnType("jsonb").HasConversion(
            marking => JsonSerializer.Serialize(marking, ContractsJson.Default.Marking),
            json => JsonSerializer.Deserialize(json, ContractsJson.Default.Marking));
        feed.Property(row => row.Columns).HasColumnType("jsonb").HasConversion(
            columns => JsonSerializer.Serialize(columns, ContractsJson.Default.IReadOnlyDictionaryStringString!),
            json => JsonSerializer.Deserialize(json, ContractsJson.Default.IReadOnlyDictionaryStringString),
            // Replaced as a whole, never changed in place.
            new ValueComparer<IReadOnlyDictionary<string, string>>(favorStructuralComparisons: false));
    }

    private static void MapPoll(EntityTypeBuilder<PollRow> poll)
    {
        poll.ToTable("feed_polls").HasKey(row => row.FeedId);
        poll.HasOne(row => row.Feed).WithOne().HasForeignKey<PollRow>(row => row.FeedId);
        poll.Property(row => row.Revision).IsConcurrencyToken();
        poll.Property(row => row.Kind).HasConversion(new WireName<PollKind>());
        poll.Property(row => row.Position).HasColumnType("jsonb").HasConversion(
            position => JsonSerializer.Serialize(position, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<TaxiiPosition>(json, JsonSerializerOptions.Web));
    }

    private sealed class WireName<T>() : ValueConverter<T, string>(value => Wire<T>.Name(value), name => Wire<T>.Parse(name)) where T : struct, Enum;
}
