using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Monitoring.Integration.Tests.Systems;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Integration.Tests.Storage;

/// <summary>Migrations are written by hand, so nothing but these tests keeps them and the mapping together.</summary>
[Collection(SharedStackTests.Name)]
public sealed class ModelTests(SharedStack shared)
{
    private const string Columns =
        """
        SELECT format('%s.%s %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' ELSE '' END)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> 'schema_migrations'
        """;

    private const string PrimaryKeys =
        """
        SELECT format('%s (%s)', c.relname, (SELECT string_agg(a.attname, ', ' ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY(k.conkey)))
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND k.contype = 'p' AND NOT c.relispartition AND c.relname <> 'schema_migrations'
        """;

    public static TheoryData<string> Services => ["Ingestion", "Classification", "Alerting", "Dashboard"];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_model_and_the_migrated_database_have_the_same_columns(string service)
    {
        using var context = Context(service);
        var mapped = Tables(context.Model).SelectMany(table => table.Columns.Select(column =>
            $"{table.Name}.{column.Name} {column.StoreType}{(column.IsNullable ? "" : " not null")}")).Order();
        Assert.Equal(mapped, (await shared.Stack.Database.ListAsync<string>(Columns, context.Schema)).Order());
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_model_and_the_migrated_database_have_the_same_primary_keys(string service)
    {
        using var context = Context(service);
        var mapped = Tables(context.Model).Where(table => table.PrimaryKey is not null)
            .Select(table => $"{table.Name} ({string.Join(", ", table.PrimaryKey!.Columns.Select(column => column.Name).Order())})").Order();
        Assert.Equal(mapped, (await shared.Stack.Database.ListAsync<string>(PrimaryKeys, context.Schema)).Order());
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_service_reaches_no_table_but_its_own(string service)
    {
        using var context = Context(service);
        Assert.Empty(await shared.Stack.Database.ListAsync<string>(
            """
            SELECT format('%s.%s', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname IN ('ingestion', 'classification', 'alerting', 'dashboard') AND n.nspname <> $1 AND c.relkind IN ('r', 'p')
              AND has_schema_privilege($1, n.oid, 'USAGE') AND has_table_privilege($1, c.oid, 'SELECT')
            """,
            context.Schema));
    }

    private static IEnumerable<ITable> Tables(IModel model) => model.GetRelationalModel().Tables;

    private static ServiceDbContext Context(string service)
    {
        var type = Assembly.Load($"Monitoring.{service}").GetTypes().Single(type => type.IsSubclassOf(typeof(ServiceDbContext)) && !type.IsAbstract);
        var options = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(type))!;
        return (ServiceDbContext)Activator.CreateInstance(type, options.UseNpgsql("Host=unused").Options)!;
    }
}
