using Microsoft.EntityFrameworkCore;
using Monitoring.ServiceDefaults.Protection;
using Monitoring.ServiceDefaults.Storage;
using Npgsql;

namespace Monitoring.Alerting.Storage;

/// <summary>The schema <c>alerting</c>.</summary>
internal sealed class AlertingDb(DbContextOptions<AlertingDb> options) : ServiceDbContext(options, "alerting")
{
    public DbSet<AlertRow> Alerts => Set<AlertRow>();
    public DbSet<AlertEventRow> AlertEvents => Set<AlertEventRow>();
    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();
    public DbSet<RuleRow> Rules => Set<RuleRow>();
    public DbSet<ChannelRow> Channels => Set<ChannelRow>();
    public DbSet<SeedRow> Seeds => Set<SeedRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.MapProtectionKeys();
        modelBuilder.Entity<IncidentVersionRow>().ToTable("incident_versions").HasKey(row => row.IncidentId);
        modelBuilder.Entity<AlertRow>().ToTable("alerts").HasKey(row => row.Id);
        modelBuilder.Entity<AlertEventRow>().ToTable("alert_events").HasKey(row => new { row.AlertId, row.Version });
        modelBuilder.Entity<DeliveryRow>(row =>
        {
            row.ToTable("deliveries").HasKey(r => r.Id);
            row.Property(r => r.Alert).HasColumnType("jsonb");
            row.Property(r => r.Attempts).HasColumnType("jsonb");
        });
        modelBuilder.Entity<RuleRow>().ToTable("rules").HasKey(row => row.Id);
        modelBuilder.Entity<ChannelRow>(row =>
        {
            row.ToTable("channels").HasKey(r => r.Id);
            row.Property(r => r.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<SeedRow>().ToTable("seeds").HasKey(row => row.Name);
    }

    /// <summary>Until the transaction ends, no other copy of the service seeds.</summary>
    public Task LockSeedsAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('monitoring'), hashtext('alerting seeds'))", cancellationToken);

    /// <summary>Saves, unless the name, which is unique, is taken.</summary>
    public async Task<bool> TrySaveNamedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
    }
}
