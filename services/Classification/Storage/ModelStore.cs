using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Monitoring.Classification.Retraining;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>How the figures of a training are written into their column.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TrainingFigures))]
internal sealed partial class FiguresJson : JsonSerializerContext;

/// <summary>The trained models and which of them is in force.</summary>
internal sealed class ModelStore(NpgsqlDataSource dataSource, IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>What was put in force last; <c>null</c> where nothing ever was.</summary>
    public async Task<LastActivation?> LastActivationAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await LastActivationAsync(connection, cancellationToken);
    }

    /// <summary>A model's weights and the built-in model whose features they are of; <c>null</c> where there is no such model.</summary>
    public async Task<(string Foundation, byte[] Weights)?> WeightsAsync(string version, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select foundation, weights from models where version = $1");
        command.Parameters.Add(new() { Value = version });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetFieldValue<byte[]>(1)) : null;
    }

    /// <summary>All trained models, newest first.</summary>
    public async Task<IReadOnlyList<TrainedModel>> ListAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<ClassificationDb>().Models.AsNoTracking().OrderByDescending(row => row.CreatedAt)
            .Select(row => new { row.Version, row.CreatedAt, row.CreatedBy, row.TrainedFrom, row.Foundation, row.Examples, row.KeptBack, row.LearntUntil, row.Figures })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new TrainedModel(
            row.Version, row.CreatedAt, row.CreatedBy, row.TrainedFrom, row.Foundation, row.Examples, row.KeptBack, row.LearntUntil,
            JsonSerializer.Deserialize(row.Figures, FiguresJson.Default.TrainingFigures)!))];
    }

    /// <summary>When a model was put in force, newest first.</summary>
    public async Task<IReadOnlyList<Activation>> ActivationsAsync(string version, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ClassificationDb>().ModelActivations.AsNoTracking()
            .Where(row => row.Version == version).OrderByDescending(row => row.Id).Take(100)
            .Select(row => new Activation(row.ActivatedAt, row.ActivatedBy, row.Holds)).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// A person's word: puts a model in force, for all copies of the service. Where a newer one was found good, it is held there, so that no
    /// training undoes the way back.
    /// </summary>
    public async Task ActivateAsync(string version, string by, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var newest = (await ListAsync(cancellationToken)).FirstOrDefault(model => model.Figures.IsNotWorse)?.Version;
        var holds = newest is not null && newest != version;
        await ActivateAsync(connection, version, by, holds, cancellationToken);
    }

    /// <summary>The turn to train, which one copy of the service has at a time; <c>null</c> while another has it.</summary>
    public async Task<TrainingTurn?> TryBeginAsync(CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var locking = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtext('classification'), hashtext('retraining'))", connection);
            if ((bool)(await locking.ExecuteScalarAsync(cancellationToken))!) return new TrainingTurn(this, connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    internal static async Task<LastActivation?> LastActivationAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select id, version, holds from model_activations order by id desc limit 1", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.GetInt64(0), reader.GetString(1), reader.GetBoolean(2)) : null;
    }

    internal async Task ActivateAsync(NpgsqlConnection connection, string version, string by, bool holds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into model_activations (version, activated_at, activated_by, holds) values ($1, $2, $3, $4)", connection);
        command.Parameters.Add(new() { Value = version });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        command.Parameters.Add(new() { Value = by });
        command.Parameters.Add(new() { Value = holds });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>That a model is in force.</summary>
/// <param name="Id">Counts up.</param>
/// <param name="Version">The model.</param>
/// <param name="Holds">Whether a person went back to it, so that no training replaces it by itself.</param>
internal sealed record LastActivation(long Id, string Version, bool Holds);

/// <summary>A training's transaction: what comes of it is kept as a whole, or not at all.</summary>
internal sealed class TrainingTurn(ModelStore store, NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    // A model that is in force, or was before the one that is, can be gone back to.
    private const string Forget = """
        delete from models where version in (
            select version from models
            where version not in (select version from model_activations order by id desc limit 5)
            order by created_at desc offset $1)
        """;

    /// <summary>A number that no model had before.</summary>
    public async Task<long> NextNumberAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select nextval('model_numbers')", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task KeepAsync(TrainedModel model, byte[] weights, int modelsKept, CancellationToken cancellationToken)
    {
        await using var insert = new NpgsqlCommand("""
            insert into models (version, created_at, created_by, trained_from, foundation, examples, kept_back, learnt_until, figures, weights)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10)
            """, connection);
        foreach (var value in new object[] { model.Version, model.CreatedAt, model.CreatedBy, model.From, model.Foundation, model.Examples, model.KeptBack, model.LearntUntil,
                     JsonSerializer.Serialize(model.Figures, FiguresJson.Default.TrainingFigures), weights })
            insert.Parameters.Add(new() { Value = value });
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await using var forget = new NpgsqlCommand(Forget, connection);
        forget.Parameters.Add(new() { Value = modelsKept });
        await forget.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Puts a model in force, unless another was put in force since the training began: that was somebody's word.</summary>
    /// <param name="version">The model.</param>
    /// <param name="by">Who asked for it.</param>
    /// <param name="since">What was in force when the training began.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether it is in force once this is committed.</returns>
    public async Task<bool> ActivateAsync(string version, string by, LastActivation? since, CancellationToken cancellationToken)
    {
        // Until the commit, nobody else puts a model in force.
        await using var locking = new NpgsqlCommand("lock table model_activations in share row exclusive mode", connection);
        await locking.ExecuteNonQueryAsync(cancellationToken);
        if (await ModelStore.LastActivationAsync(connection, cancellationToken) != since) return false;
        await store.ActivateAsync(connection, version, by, holds: false, cancellationToken);
        return true;
    }

    public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
