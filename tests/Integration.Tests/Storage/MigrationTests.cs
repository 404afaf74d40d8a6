using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Integration.Tests.Storage;

public sealed class MigrationTests(Servers servers)
{
    [Theory]
    [InlineData("Ingestion")]
    [InlineData("Classification")]
    [InlineData("Alerting")]
    [InlineData("Dashboard")]
    public async Task Three_copies_that_start_at_once_migrate_an_empty_database_once(string service)
    {
        await using var stack = await Stack.StartAsync(servers, copies: 3, service);
        var known = Assembly.Load($"Monitoring.{service}").GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>();
        var applied = await stack.Database.ListAsync<string>($"""SELECT "MigrationId" FROM {service.ToLowerInvariant()}.schema_migrations""");
        Assert.Equal(known.Order(), applied.Order());
    }
}
