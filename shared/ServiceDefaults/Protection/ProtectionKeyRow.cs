using Microsoft.EntityFrameworkCore;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.ServiceDefaults.Protection;

/// <summary>A data-protection key, its secret part wrapped by <c>Protection:Key</c>.</summary>
public sealed class ProtectionKeyRow
{
    public required string Name { get; init; }
    public required string Xml { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The table <c>data_protection_keys</c>; each service that protects something derives a migration from this.</summary>
public abstract class ProtectionMigration : SqlMigration
{
    protected override void Up(Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Read(typeof(ProtectionMigration).Assembly, ".data_protection_keys.sql"));
}

/// <summary>Maps the table where a service's context has it.</summary>
public static class ProtectionMapping
{
    public static void MapProtectionKeys(this ModelBuilder modelBuilder) =>
        modelBuilder.Entity<ProtectionKeyRow>(row => row.ToTable("data_protection_keys").HasKey(r => r.Name));
}
