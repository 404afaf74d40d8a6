using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Outbox;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>How new versions of incidents leave the service.</summary>
internal static class IncidentsOutbox
{
    /// <summary>Commits a change of incidents with the message that tells of it, and has that published at once.</summary>
    /// <param name="outbox">The service's.</param>
    /// <param name="connection">The change's own.</param>
    /// <param name="incidents">The new versions; where there are none, nothing is told.</param>
    /// <param name="commit">Ends the change's transaction.</param>
    /// <param name="cancellationToken">Ends it without a trace.</param>
    public static async Task CommitAsync(
        this Outbox outbox, NpgsqlConnection connection, IReadOnlyList<Incident> incidents, Func<CancellationToken, Task> commit, CancellationToken cancellationToken)
    {
        var staged = incidents.Count == 0 ? null : await outbox.StageAsync(connection, IncidentMapping.ToMessage(incidents), cancellationToken);
        await commit(cancellationToken);
        if (staged is not null) outbox.Committed(staged);
    }
}
