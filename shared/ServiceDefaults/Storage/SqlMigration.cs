using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Monitoring.ServiceDefaults.Storage;

/// <summary>
/// A migration whose SQL stands in an embedded file <c>Storage/Migrations/&lt;migration id&gt;.sql</c> beside it. Names need no schema:
/// each service's connections search its own. A change to the database is a new file and a new class, never an edit of an old one.
/// </summary>
public abstract class SqlMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Read(GetType().Assembly, $".{GetType().GetCustomAttribute<MigrationAttribute>()!.Id}.sql"));

    private protected static string Read(Assembly assembly, string ending)
    {
        var name = assembly.GetManifestResourceNames().Single(resource => resource.EndsWith(ending, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>The shared tables; each service derives its first migration from this, since EF Core finds migrations by assembly and context.</summary>
public abstract class FoundationMigration : SqlMigration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Read(typeof(FoundationMigration).Assembly, ".foundation.sql"));
}
