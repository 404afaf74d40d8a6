using Monitoring.Classification.Stories;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Bulk;
using Monitoring.ServiceDefaults.Failures;
using Monitoring.ServiceDefaults.Outbox;
using Monitoring.ServiceDefaults.Telemetry;
using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>
/// Writes groups of judged reports: the record of reports, the incidents, and one message with all versions that came of it, in one
/// transaction of a handful of statements. Every incident's changes are made under the lock of its first report's row, taken in the order
/// of ids, so that copies can neither overtake each other nor stay locked against each other.
/// </summary>
internal sealed partial class IncidentWriter(NpgsqlDataSource dataSource, Outbox outbox, FailedItems failures, TimeProvider time, ILogger<IncidentWriter> logger)
    : IGroupWriter<JudgedReport, bool>
{
    public bool WaitsForServer => true;

    public int Weigh(JudgedReport item) => 512 + (item.Report.Title?.Length ?? 0) + (item.Report.Text?.Length ?? 0);

    public async Task<IReadOnlyList<bool>> WriteAsync(IReadOnlyList<JudgedReport> items, CancellationToken cancellationToken)
    {
        using var activity = Trace.Group("write incidents", items.Select(item => item.Received.TraceId));
        await Task.WhenAll(items.Select(item => item.Verdict));

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var spokenOf = items.SelectMany(item => item.Others).Distinct().ToArray();
        var entries = LedgerEntry.Fold(items, await IncidentStatements.IncidentsOfAsync(connection, spokenOf, cancellationToken));
        var changed = await IncidentStatements.RecordReportsAsync(connection, entries, cancellationToken);
        if (changed.Count == 0) return Done(items);
        var incidents = await WriteIncidentsAsync(connection, entries, changed, cancellationToken);
        if (incidents.Count == 0)
        {
            // Only cancellations of what has not arrived yet, which wait for it, or what is replaced before it came.
            await transaction.CommitAsync(cancellationToken);
            return Done(items);
        }
        var staged = await outbox.StageAsync(connection, new IncidentsChanged { Incidents = [.. incidents.Select(incident => incident with { Evidence = null })] }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Committed(staged);
        LogWritten(incidents.Count, items.Count);
        return Done(items);
    }

    public async Task<bool> RefuseAsync(JudgedReport item, Exception reason, CancellationToken cancellationToken)
    {
        await failures.KeepAsync(item.Received.Id, item.Received, item.Received.TraceId, reason, cancellationToken);
        return false;
    }

    private async Task<List<Incident>> WriteIncidentsAsync(
        NpgsqlConnection connection, IReadOnlyList<LedgerEntry> entries, IReadOnlyList<RecordedReport> changed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var byReport = entries.ToDictionary(entry => entry.ReportId);
        var joined = changed.Where(report => report.MayHaveIncident).Select(report => report.IncidentId).ToHashSet();
        await IncidentStatements.KeepSupersededAsync(connection, [.. joined], cancellationToken);

        var (content, takenBack) = (new Dictionary<Guid, Incident>(), new Dictionary<Guid, Incident>());
        var (touched, continued) = (new HashSet<Guid>(), new HashSet<Guid>());
        // Of several reports of one incident the latest tells what it is.
        foreach (var report in changed.OrderBy(report => byReport[report.ReportId].Source.ToldAt))
        {
            if (byReport[report.ReportId].Newest is { OnlyCancelsOthers: false } newest && report.SupersededBy is null && newest.Received.Revision == report.Revision)
            {
                var withdrawn = report.CancelledBy is not null || newest.Cancels;
                (withdrawn ? takenBack : content)[report.IncidentId] = IncidentMaker.Make(report.IncidentId, newest.Received, await newest.Verdict, withdrawn, now);
                if (!report.IsFirstOfIncident) continued.Add(report.IncidentId);
            }
            else
            {
                touched.Add(report.IncidentId);
            }
        }

        // Without new content: looked at anew where it is known; what was taken back before it was known begins so; else the record waits for the report.
        touched.UnionWith(takenBack.Keys);
        touched.ExceptWith(content.Keys);
        var incidents = await IncidentStatements.TouchAsync(connection, [.. touched], now, cancellationToken);
        var known = incidents.Select(incident => incident.Id).ToHashSet();
        foreach (var (id, incident) in takenBack)
            if (!known.Contains(id)) content.TryAdd(id, incident);
        foreach (var (id, marking) in await IncidentStatements.MarkingsAsync(connection, [.. continued.Where(content.ContainsKey)], cancellationToken))
            content[id] = content[id] with { Marking = Markings.Strictest(content[id].Marking, marking) };
        incidents.AddRange(await IncidentStatements.UpsertAsync(connection, [.. content.Values.OrderBy(incident => incident.Id)], joined, cancellationToken));
        return incidents;
    }

    private static bool[] Done(IReadOnlyList<JudgedReport> items)
    {
        var done = new bool[items.Count];
        Array.Fill(done, true);
        return done;
    }

    [LoggerMessage(LogLevel.Information, "Wrote {Incidents} incidents of {Reports} reports")]
    private partial void LogWritten(int incidents, int reports);
}
