using System.Diagnostics.Metrics;
using System.Text.Json;
using Monitoring.Alerting.Delivery;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Bulk;
using Monitoring.ServiceDefaults.Telemetry;
using Npgsql;

namespace Monitoring.Alerting.Storage;

/// <summary>Records attempts in groups: what the delivery has become, and when it is tried again.</summary>
internal sealed partial class AttemptRecorder(NpgsqlDataSource dataSource, Random random, ILogger<AttemptRecorder> logger) : IGroupWriter<AttemptResult, bool>
{
    private static readonly Counter<long> Deliveries =
        Metrics.Meter.CreateCounter<long>("monitoring.deliveries", "{attempt}", "Attempts at deliveries by outcome: delivered, retried, failed, dead.");

    // What was delivered already, by a copy whose claim had run out, stays so.
    private const string Record = """
        update deliveries set state = done.state, attempts = attempts || done.attempt::jsonb, tries = done.tries,
            next_attempt_at = done.next_attempt_at, claimed_until = null, updated_at = done.updated_at
        from unnest($1, $2, $3, $4, $5, $6) as done (id, state, attempt, tries, next_attempt_at, updated_at)
        where deliveries.id = done.id and deliveries.state = 'pending'
        """;

    private const string SwitchOff = """
        update channels set enabled = false, disabled_reason = gone.reason, version = version + 1, updated_at = gone.at
        from unnest($1, $2, $3) as gone (id, reason, at) where channels.id = gone.id and enabled
        """;

    private sealed record Next(AttemptResult Result, string State, DateTimeOffset? NextAttemptAt)
    {
        public DateTimeOffset EndedAt => Result.At + Result.Duration;
    }

    public bool WaitsForServer => true;

    public int Weigh(AttemptResult item) => 256;

    public async Task<IReadOnlyList<bool>> WriteAsync(IReadOnlyList<AttemptResult> items, CancellationToken cancellationToken)
    {
        var nexts = items.DistinctBy(item => item.Delivery.Id).OrderBy(item => item.Delivery.Id).Select(Decide).ToList();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        // A record that a crash of the database undoes means one more delivery under the same id, so it need not wait for the disk.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("set local synchronous_commit = off"));
        batch.BatchCommands.Add(Recording(nexts));
        var gone = nexts.Where(next => next.Result.Outcome is DeliveryOutcome.Gone).DistinctBy(next => next.Result.Delivery.ChannelId).ToList();
        if (gone.Count > 0) batch.BatchCommands.Add(SwitchingOff(gone));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        foreach (var next in nexts) Report(next);
        return [.. items.Select(_ => true)];
    }

    /// <summary>No attempt is refused for what it says; a defect here is logged by the group commit, and the claim runs out.</summary>
    public Task<bool> RefuseAsync(AttemptResult item, Exception reason, CancellationToken cancellationToken) => Task.FromResult(false);

    private Next Decide(AttemptResult result)
    {
        var ended = result.At + result.Duration;
        switch (result.Outcome)
        {
            case DeliveryOutcome.Delivered:
                return new(result, DeliveryStates.Delivered, null);
            case DeliveryOutcome.Retry retry:
                var next = Backoff.Next(result.Delivery.Tries + 1, ended, result.Delivery.ExpiresAt, retry.After, random);
                return new(result, next is null ? DeliveryStates.Dead : DeliveryStates.Pending, next);
            default:
                return new(result, DeliveryStates.Failed, null);
        }
    }

    private static NpgsqlBatchCommand Recording(List<Next> nexts)
    {
        var command = new NpgsqlBatchCommand(Record);
        command.AddColumn(nexts, next => next.Result.Delivery.Id);
        command.AddColumn(nexts, next => next.State);
        command.AddColumn(nexts, next => Attempt(next.Result));
        command.AddColumn(nexts, next => next.Result.Delivery.Tries + 1);
        command.AddColumn(nexts, next => next.NextAttemptAt);
        command.AddColumn(nexts, next => next.EndedAt);
        return command;
    }

    private static NpgsqlBatchCommand SwitchingOff(List<Next> gone)
    {
        var command = new NpgsqlBatchCommand(SwitchOff);
        command.AddColumn(gone, next => next.Result.Delivery.ChannelId);
        command.AddColumn(gone, next => next.Result.Outcome.Reason);
        command.AddColumn(gone, next => next.EndedAt);
        return command;
    }

    private static string Attempt(AttemptResult result) => JsonSerializer.Serialize(
        new DeliveryAttempt(result.At, result.Outcome.Status, result.Outcome.Reason, (int)result.Duration.TotalMilliseconds), JsonSerializerOptions.Web);

    private void Report(Next next)
    {
        var outcome = next.State == DeliveryStates.Pending ? "retried" : next.State;
        Deliveries.Add(1, new("outcome", outcome), new("type", next.Result.ChannelType));
        if (next.State is DeliveryStates.Failed or DeliveryStates.Dead) LogGivenUp(next.Result.Delivery.Id, next.Result.Delivery.ChannelId, outcome, next.Result.Outcome.Reason);
    }

    [LoggerMessage(LogLevel.Warning, "Delivery {Delivery} to channel {Channel} is {Outcome}: {Reason}")]
    private partial void LogGivenUp(Guid delivery, Guid channel, string outcome, string? reason);
}
