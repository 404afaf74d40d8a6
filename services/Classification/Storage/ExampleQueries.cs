using System.Text.Json;
using Monitoring.Classification.Training;
using Monitoring.Contracts;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>The labelled texts that corrections left.</summary>
internal sealed class ExampleQueries(NpgsqlDataSource dataSource)
{
    // Of each report the last word counts, and none that a later one takes back or speaks against: on the incident that it was said of, or
    // that the report is in by now, whichever report leads it.
    private const string Latest = """
        select report_id, title, text, published_at, language, label::text from (
            select distinct on (report_id) * from corrections order by report_id, created_at desc, id desc) latest
        where label is not null and not exists (
            select 1 from corrections later
            where later.incident_id = any(array[latest.incident_id, (select known.incident_id from incident_reports known where known.report_id = latest.report_id)])
              and later.created_at > latest.created_at
              and (later.change -> 'domains' is not null or later.change -> 'severity' is not null or later.change -> 'lift' is not null or later.change @> '{"notAThreat": true}'))
        order by created_at desc, id desc limit $1
        """;

    /// <summary>The newest examples, each report once, by its last correction.</summary>
    public async Task<IReadOnlyList<LabelledText>> ReadAsync(int atMost, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Latest);
        command.Parameters.Add(new() { Value = atMost });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var examples = new List<LabelledText>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var label = JsonSerializer.Deserialize(reader.GetString(5), CorrectionJson.Default.AnalystsWord)!;
            examples.Add(new()
            {
                Id = reader.GetGuid(0).ToString(),
                Title = reader.GetString(1),
                Text = reader.GetString(2),
                Published = reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
                Language = reader.IsDBNull(4) ? null : reader.GetString(4),
                Domains = label.Domains ?? [],
                Severity = label.Severity,
                Countries = label.Countries is null ? null : [.. label.Countries.Where(country => country.Role != CountryRole.Mentioned).Select(country => country.Code)],
            });
        }
        return examples;
    }

    /// <summary>When the first and the last correction were made; <c>null</c> where there is none.</summary>
    public async Task<(DateTimeOffset First, DateTimeOffset Last)?> TimesAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select min(created_at), max(created_at) from corrections having count(*) > 0");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }
}
