using Microsoft.EntityFrameworkCore;
using Monitoring.Contracts;
using Monitoring.Dashboard.Accounts;
using Monitoring.ServiceDefaults.Protection;
using Monitoring.ServiceDefaults.Storage;
using Npgsql;

namespace Monitoring.Dashboard.Storage;

/// <summary>The dashboard's own data: accounts and the tokens it issued. Alerts are Alerting's.</summary>
internal sealed class DashboardDb(DbContextOptions<DashboardDb> options) : ServiceDbContext(options, "dashboard")
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<TokenEntry> Tokens => Set<TokenEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.MapProtectionKeys();
        modelBuilder.Entity<Account>(account =>
        {
            account.ToTable("accounts").HasKey(a => a.Id);
            account.Property(a => a.UserName).IsRequired();
            account.Property(a => a.NormalizedUserName).IsRequired();
            account.Property(a => a.PasswordHash).IsRequired();
            account.Property(a => a.SecurityStamp).IsRequired();
            account.Property(a => a.ConcurrencyStamp).IsRequired().IsConcurrencyToken();
            account.Property(a => a.Role).HasConversion(role => Wire<Role>.Name(role), name => Wire<Role>.Parse(name));
            account.Ignore(a => a.Email).Ignore(a => a.NormalizedEmail).Ignore(a => a.EmailConfirmed);
            account.Ignore(a => a.PhoneNumber).Ignore(a => a.PhoneNumberConfirmed);
        });
        modelBuilder.Entity<TokenEntry>(token => token.ToTable("api_tokens").HasKey(t => t.Id));
    }
}

internal static class DatabaseErrors
{
    /// <summary>The database's word on uniqueness: somebody else was first.</summary>
    public static bool IsUniqueViolation(this DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
