using Microsoft.Extensions.Options;
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
/// transaction of a handful of statements. All that change both lock the rows of reports first, then those of incidents, each in the order
/// of ids, so that copies can neither overtake each other nor stay locked against each other. The exception is a report that proves two
/// incidents to be one, whose other reports are known only then: where two copies meet in that, the server ends one, and it is repeated.
/// </summary>
internal sealed partial class IncidentWriter(
    NpgsqlDataSource dataSource, StoryIndex stories, Outbox outbox, FailedItems failures, IOptions<StoryOptions> options, TimeProvider time, ILogger<IncidentWriter> logger)
    : IGroupWriter<JudgedReport, bool>
{
    public bool WaitsForServer => true;

    public int Weigh(JudgedReport item) => 512 + (item.Report.Title?.Length ?? 0) + (item.Report.Text?.Length ?? 0);

    public async Task<IReadOnlyList<bool>> WriteAsync(IReadOnlyList<JudgedReport> items, CancellationToken cancellationToken)
    {
        using var activity = Trace.Group("write incidents", items.Select(item => item.Received.TraceId));
        await Task.WhenAll(items.Select(item => item.Verdict));

        await stories.LoadAsync(cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var newest = LedgerEntry.NewestOf(items);
        var told = await TellAsync(newest.Values);
        var tellers = TellersOf(newest.Values, told);
        await StoryIndex.LockAsync(connection, tellers, cancellationToken);
        // Under the lock, so that what is delivered twice at once is known to the second.
        var known = await ReportStatements.IncidentsOfAsync(connection, [.. items.SelectMany(item => item.Others).Concat(newest.Keys).Distinct()], cancellationToken);
        var joined = await JoinAsync(connection, newest, tellers, known, cancellationToken);
        var signatures = tellers.ToDictionary(report => report.Id, report => report.Signature);
        var entries = LedgerEntry.Fold(items, joined.Incidents);
        var changed = await ReportStatements.RecordAsync(connection, entries, told, signatures, cancellationToken);
        if (changed.Count == 0) return Done(items);
        var changedIds = changed.Select(report => report.ReportId).ToHashSet();
        await stories.AddAsync(connection, [.. tellers.Where(report => changedIds.Contains(report.Id))], cancellationToken);
        var incidents = await WriteIncidentsAsync(connection, told, changed, joined.Links, cancellationToken);
        // There may be none: a cancellation of what has not arrived yet waits for it, and so does what is replaced before it came.
        await outbox.CommitAsync(connection, incidents, transaction.CommitAsync, cancellationToken);
        LogWritten(incidents.Count, items.Count);
        return Done(items);
    }

    public async Task<bool> RefuseAsync(JudgedReport item, Exception reason, CancellationToken cancellationToken)
    {
        await failures.KeepAsync(item.Received.Id, item.Received, item.Received.TraceId, reason, cancellationToken);
        return false;
    }

    private async Task<List<Incident>> WriteIncidentsAsync(
        NpgsqlConnection connection, Dictionary<Guid, ToldReport> told, List<RecordedReport> changed, IEnumerable<Link> proven, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var incidentOf = changed.ToDictionary(report => report.ReportId, report => report.IncidentId);

        // Most reports are the first of their incident, and all that there is to it is at hand.
        var shared = changed.Where(report => report.MayHaveIncident || !told.ContainsKey(report.ReportId)).Select(report => report.IncidentId).ToHashSet();
        var begun = changed.Where(report => !shared.Contains(report.IncidentId)).Select(report => IncidentMaker.Make(report.IncidentId, [told[report.ReportId]], [], now)).ToList();
        var written = await IncidentStatements.UpsertAsync(connection, begun, cancellationToken);

        // A report and the one that took its place are told in one incident, whichever order they came in.
        var links = proven.Where(link => incidentOf.ContainsKey(link.ReportId)).Select(link => (link.One, link.Other)).ToHashSet();
        foreach (var report in changed)
            if (report.SupersededBy is { } heir && (incidentOf.TryGetValue(heir, out var incident) ? incident : report.Heir) is { } other && other != report.IncidentId) links.Add((report.IncidentId, other));
        written.AddRange(await IncidentUpdates.UpdateAsync(connection, shared, links, now, cancellationToken));
        return written;
    }

    /// <summary>What the reports of a group tell, as far as they tell anything but that others are taken back.</summary>
    private static async Task<Dictionary<Guid, ToldReport>> TellAsync(IReadOnlyCollection<JudgedReport> reports)
    {
        var told = new Dictionary<Guid, ToldReport>(reports.Count);
        foreach (var report in reports)
            if (!report.OnlyCancelsOthers) told.Add(report.Received.Id, ToldReport.Of(report.Received, await report.Verdict));
        return told;
    }

    /// <summary>What others may be joined with: only what speaks of the world.</summary>
    private static List<JoiningReport> TellersOf(IEnumerable<JudgedReport> reports, Dictionary<Guid, ToldReport> told) =>
        [.. reports.Where(report => report.Report.Status == ReportStatus.Actual && !report.Cancels)
            .Select(report => new JoiningReport(report.Received.Id, Ids.Incident(report.Received.Id), Signature.Of(report.Received, told[report.Received.Id])))];

    /// <summary>Finds the incidents of what is told for the first time. An update belongs to what it speaks of.</summary>
    private async Task<Joined> JoinAsync(
        NpgsqlConnection connection, Dictionary<Guid, JudgedReport> newest, List<JoiningReport> tellers, Dictionary<Guid, Guid> known, CancellationToken cancellationToken)
    {
        var joining = tellers.Where(report => !known.ContainsKey(report.Id) && !newest[report.Id].Others.Any()).ToList();
        var joined = Joining.Join(joining, await stories.FindAsync(connection, joining, cancellationToken), options.Value.Window);
        return joined with { Incidents = known.Concat(joined.Incidents).ToDictionary() };
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
