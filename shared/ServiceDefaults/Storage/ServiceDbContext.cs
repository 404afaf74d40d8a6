using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Monitoring.ServiceDefaults.Failures;
using Monitoring.ServiceDefaults.Outbox;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.ServiceDefaults.Storage;

/// <summary>
/// What every service's database has: its own schema, names in snake case, and the tables that the shared library works on
/// (<c>outbox</c>, <c>failed_items</c>, <c>revoked_tokens</c>).
/// </summary>
public abstract partial class ServiceDbContext(DbContextOptions options, string schema) : DbContext(options)
{
    /// <summary>The schema that this service owns.</summary>
    public string Schema { get; } = schema;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.Entity<OutboxRow>(row => row.ToTable("outbox").HasKey(r => r.Id));
        modelBuilder.Entity<FailedItem>(row =>
        {
            row.ToTable("failed_items").HasKey(r => r.Id);
            row.Property(r => r.Payload).HasColumnType("json");
        });
        modelBuilder.Entity<RevokedToken>(row => row.ToTable("revoked_tokens").HasKey(r => r.TokenId));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Conventions.Add(_ => new SnakeCaseColumns());

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])")]
    private static partial Regex WordStart();

    private sealed class SnakeCaseColumns : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
        {
            foreach (var property in modelBuilder.Metadata.GetEntityTypes().SelectMany(type => type.GetDeclaredProperties()))
                property.Builder.HasColumnName(WordStart().Replace(property.Name, "_$0").ToLowerInvariant());
        }
    }
}
