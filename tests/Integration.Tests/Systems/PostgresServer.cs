using System.Globalization;
using Npgsql;

namespace Monitoring.Integration.Tests.Systems;

/// <summary>A PostgreSQL server, on which every stack has a database of its own.</summary>
internal sealed class PostgresServer
{
    private static readonly string[] Roles = ["ingestion", "classification", "alerting", "dashboard"];
    private readonly PrivateServer? server;
    private readonly NpgsqlConnectionStringBuilder administrator;

    private PostgresServer(PrivateServer? server, NpgsqlConnectionStringBuilder administrator) => (this.server, this.administrator) = (server, administrator);

    /// <summary>The one that <c>MONITORING_TEST_POSTGRES</c> names, or a private one.</summary>
    public static PostgresServer Shared() =>
        Environment.GetEnvironmentVariable("MONITORING_TEST_POSTGRES") is { Length: > 0 } given ? new(null, new(given)) : Private();

    public static PostgresServer Private()
    {
        var server = PrivateServer.Of("deploy/postgres/private");
        return new(server, new() { Host = "127.0.0.1", Port = server.Port, Username = "postgres", Password = PrivateServer.Password, Database = "postgres" });
    }

    public Task StartAsync() => server?.StartAsync() ?? Task.CompletedTask;

    public Task StopAsync() => server!.StopAsync();

    public Task KillAsync() => server!.KillAsync();

    public Task RemoveAsync() => server?.RemoveAsync() ?? Task.CompletedTask;

    /// <summary>A new database with the services' schemas and roles.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        // Roles belong to the whole server, so on a shared one everybody gives them the same passwords: the administrator's.
        var environment = Roles.ToDictionary(role => $"MONITORING_{role.ToUpperInvariant()}_PASSWORD", _ => administrator.Password!);
        environment["PGHOST"] = administrator.Host!;
        environment["PGPORT"] = administrator.Port.ToString(CultureInfo.InvariantCulture);
        environment["PGUSER"] = administrator.Username!;
        environment["PGPASSWORD"] = administrator.Password!;
        await Checkout.RunAsync("deploy/postgres/provision.sh", [name], environment);

        var owner = new NpgsqlConnectionStringBuilder(administrator.ConnectionString) { Database = name, ApplicationName = "tests" };
        var services = Roles.ToDictionary(role => role, role => new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = role, ApplicationName = null }.ConnectionString);
        return new TestDatabase(owner, services, () => DropAsync(name));
    }

    private async Task DropAsync(string name)
    {
        // A private server goes as a whole.
        if (server is not null) return;
        await using var source = NpgsqlDataSource.Create(administrator);
        await using var drop = source.CreateCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await drop.ExecuteNonQueryAsync();
    }
}
