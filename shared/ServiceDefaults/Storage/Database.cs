using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Monitoring.ServiceDefaults.Storage;

/// <summary>Opens once this service's schema is migrated; whoever works on the database without being asked waits for it.</summary>
public sealed class DatabaseReady
{
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsReady => ready.Task.IsCompleted;

    public Task WaitAsync(CancellationToken cancellationToken) => ready.Task.WaitAsync(cancellationToken);

    internal void Open() => ready.TrySetResult();
}

/// <summary>Migrates at start, under an advisory lock, so that several copies may start at once; waits for a server that is away.</summary>
internal sealed partial class DatabaseMigration<TDb>(
    IServiceScopeFactory scopes, NpgsqlDataSource dataSource, DatabaseReady ready, TimeProvider time, ILogger<DatabaseMigration<TDb>> logger)
    : BackgroundService where TDb : ServiceDbContext
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!ready.IsReady)
        {
            try
            {
                await MigrateAsync(stoppingToken);
                ready.Open();
            }
            catch (Exception exception) when (TransientFaults.IsTransient(exception))
            {
                LogWaiting(exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        // A connection of its own holds the lock: EF Core opens and closes the context's while it works.
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var locking = new NpgsqlCommand("select pg_advisory_lock(hashtext('monitoring'), hashtext($1))", connection);
        locking.Parameters.Add(new() { Value = db.Schema });
        await locking.ExecuteNonQueryAsync(cancellationToken);
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        await db.Database.MigrateAsync(cancellationToken);
        foreach (var migration in pending) LogApplied(migration);
        // A pooled connection would keep the lock.
        await using var unlocking = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
        await unlocking.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Waiting for Postgres: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Information, "Applied migration {Migration}")]
    private partial void LogApplied(string migration);
}

/// <summary>Registers a service's database.</summary>
public static class DatabaseRegistration
{
    /// <summary>
    /// Registers the data source (singleton), the context <typeparamref name="TDb"/> and its migration at start.
    /// Reads <c>ConnectionStrings:Postgres</c>.
    /// </summary>
    internal static void AddDatabase<TDb>(this IServiceCollection services, string? connectionString, string schema) where TDb : ServiceDbContext
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new InvalidOperationException("ConnectionStrings:Postgres is not set; give an Npgsql connection string for the service's own role.");
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema, ApplicationName = $"monitoring-{schema}" };
        if (settings.MaxPoolSize == 100) settings.MaxPoolSize = 20;
        services.AddSingleton(provider =>
            new NpgsqlDataSourceBuilder(settings.ConnectionString).UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>()).Build());
        services.AddDbContextPool<TDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.MigrationsHistoryTable("schema_migrations", schema))
            // Migrations are written by hand, without EF Core's snapshot; a test compares the model with the migrated database instead.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)
                // Whoever saves or asks decides what a failure means, and logs it if it is one.
                .Log((CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.QueryIterationFailed, LogLevel.Debug))));
        services.AddScoped<ServiceDbContext>(provider => provider.GetRequiredService<TDb>());
        services.AddSingleton<DatabaseReady>();
        services.AddHostedService<DatabaseMigration<TDb>>();
    }
}
