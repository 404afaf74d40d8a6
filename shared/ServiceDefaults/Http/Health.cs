using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Monitoring.ServiceDefaults.Storage;
using Npgsql;

namespace Monitoring.ServiceDefaults.Http;

/// <summary>
/// <c>GET /health/live</c>: the process answers. <c>GET /health/ready</c>: <c>200</c> with <c>healthy</c> or <c>degraded</c> (the broker is
/// away, work goes on), <c>503</c> with <c>unhealthy</c> (no database). Both are open to all and tell no secrets.
/// </summary>
internal static class Health
{
    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks().AddCheck<DatabaseCheck>("postgres");

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = JsonNamingPolicy.CamelCase.ConvertName(report.Status.ToString()),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => JsonNamingPolicy.CamelCase.ConvertName(entry.Value.Status.ToString())),
    });

    private sealed class DatabaseCheck(NpgsqlDataSource dataSource, DatabaseReady ready) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (!ready.IsReady) return HealthCheckResult.Unhealthy("not migrated yet");
            try
            {
                await using var command = dataSource.CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception exception) when (TransientFaults.IsTransient(exception))
            {
                return HealthCheckResult.Unhealthy("no connection");
            }
        }
    }
}
