using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Delivery;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Bulk;
using Monitoring.ServiceDefaults.Failures;
using Monitoring.ServiceDefaults.Outbox;
using Monitoring.ServiceDefaults.Telemetry;
using Npgsql;

namespace Monitoring.Alerting.Storage;

/// <summary>
/// Evaluates groups of incidents in one transaction of a handful of statements. Its first locks the incidents' versions, in the order of
/// ids, so that copies that have versions of the same incident take turns, and what is not newer changes nothing.
/// </summary>
internal sealed partial class IncidentEvaluator(
    NpgsqlDataSource dataSource, Outbox outbox, DeliveryWorker deliveries, FailedItems failures, TimeProvider time, ILogger<IncidentEvaluator> logger)
    : IGroupWriter<Incident, bool>
{
    public bool WaitsForServer => true;

    public int Weigh(Incident item) => 1_024 + item.Title.Length + item.Summary.Length;

    /// <returns>For each incident, whether this version was newer than any before.</returns>
    public async Task<IReadOnlyList<bool>> WriteAsync(IReadOnlyList<Incident> items, CancellationToken cancellationToken)
    {
        using var activity = Trace.Group("evaluate incidents", items.Select(item => item.TraceId));
        var newest = items.GroupBy(item => item.Id).Select(versions => versions.MaxBy(item => item.Version)!).OrderBy(item => item.Id).ToList();

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = time.GetMoment();
        var loaded = await AlertStatements.LoadAsync(connection, newest, now, cancellationToken);
        var changes = newest.Where(incident => loaded.Newer.Contains(incident.Id)).SelectMany(incident => Evaluate(incident, loaded, now)).ToList();
        var written = changes.Count == 0 ? null : await AlertChanges.WriteAsync(connection, changes, outbox, deliveries, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        written?.Committed(outbox, deliveries);

        LogEvaluated(newest.Count, changes.Count);
        var recorded = newest.Where(incident => loaded.Newer.Contains(incident.Id)).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. items.Select(recorded.Contains)];
    }

    public async Task<bool> RefuseAsync(Incident item, Exception reason, CancellationToken cancellationToken)
    {
        await failures.KeepAsync(item.Id, item, item.TraceId, reason, cancellationToken);
        return false;
    }

    private static IEnumerable<AlertChange> Evaluate(Incident incident, Loaded loaded, DateTimeOffset now)
    {
        var kept = loaded.Alerts[incident.Id].ToDictionary(alert => alert.View.Rule.Id);
        foreach (var rule in loaded.Rules)
        {
            kept.Remove(rule.Id, out var alert);
            if (Evaluation.Evaluate(alert, rule, incident, now) is { } change) yield return change;
        }
        foreach (var orphan in kept.Values)
        {
            if (Evaluation.Evaluate(orphan, rule: null, incident, now) is { } change) yield return change;
        }
    }

    [LoggerMessage(LogLevel.Information, "Evaluated {Incidents} incidents, which changed {Alerts} alerts")]
    private partial void LogEvaluated(int incidents, int alerts);
}
