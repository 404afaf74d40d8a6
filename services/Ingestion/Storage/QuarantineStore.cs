using System.Text.Json;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Quarantine;
using Npgsql;

namespace Monitoring.Ingestion.Storage;

/// <summary>Writes what was refused.</summary>
internal sealed class QuarantineStore(NpgsqlDataSource dataSource)
{
    /// <summary>Keeps items, in one statement. One that is there already is as new as its newest coming.</summary>
    public async Task KeepAsync(IReadOnlyCollection<QuarantinedItem> items, CancellationToken cancellationToken)
    {
        var rows = items.GroupBy(item => item.Id).Select(same => same.Last()).OrderBy(item => item.Id).ToArray();
        await using var command = dataSource.CreateCommand("""
            insert into quarantine (id, feed_id, received_at, format, item_index, problems, raw, is_truncated, trace_id)
            select id, feed_id, received_at, format, item_index, problems::jsonb, raw, is_truncated, trace_id
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) as row (id, feed_id, received_at, format, item_index, problems, raw, is_truncated, trace_id)
            on conflict (id) do update set received_at = excluded.received_at, item_index = excluded.item_index, problems = excluded.problems, trace_id = excluded.trace_id
            """);
        command.With(Array.ConvertAll(rows, item => item.Id))
            .With(Array.ConvertAll(rows, item => item.FeedId))
            .With(Array.ConvertAll(rows, item => item.ReceivedAt))
            .With(Array.ConvertAll(rows, item => item.Format))
            .With(Array.ConvertAll(rows, item => item.Index))
            .With(Array.ConvertAll(rows, item => ProblemsJson(item.Problems)))
            .With(Array.ConvertAll(rows, item => item.Raw))
            .With(Array.ConvertAll(rows, item => item.IsTruncated))
            .WithTexts(Array.ConvertAll(rows, item => item.TraceId));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static string ProblemsJson(IReadOnlyList<FormatProblem> problems) => JsonSerializer.Serialize(problems, JsonSerializerOptions.Web);

    public static IReadOnlyList<FormatProblem> ProblemsOf(string json) => JsonSerializer.Deserialize<IReadOnlyList<FormatProblem>>(json, JsonSerializerOptions.Web)!;
}
