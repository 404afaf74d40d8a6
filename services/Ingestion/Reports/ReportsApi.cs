using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Ingestion.Reports;

/// <summary>A report as one of its revisions tells it, with the list of all of them, oldest first.</summary>
internal sealed record ReportView(
    Guid Id, Guid FeedId, string Feed, string ExternalId, int Revision, DateTimeOffset ReceivedAt, string? TraceId, Report? Report, IReadOnlyList<RevisionView> Revisions);

/// <summary>A revision; <c>Bytes</c> is how many the item had as it was sent.</summary>
internal sealed record RevisionView(int Revision, ReportAction Action, DateTimeOffset ReceivedAt, string Format, int Bytes, string? TraceId);

/// <summary>Accepted reports.</summary>
internal static class ReportsApi
{
    /// <summary><c>GET /v1/reports/{id}?revision=</c>; <c>GET /v1/reports/{id}/raw?revision=</c> → the item's own bytes. Without a revision it is the newest.</summary>
    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/reports/{id:guid}", GetAsync).RequireScope(Scopes.ReportsRead);
        routes.MapGet("/v1/reports/{id:guid}/raw", GetRawAsync).RequireScope(Scopes.ReportsRead);
    }

    private static async Task<Results<Ok<ReportView>, NotFound, ProblemHttpResult>> GetAsync(Guid id, int? revision, IngestionDb db, CancellationToken cancellationToken)
    {
        if (revision < 1) return Problems.Parameter("revision", "a number from 1", revision.ToString());
        var found = await (
            from report in db.Reports
            where report.Id == id
            join feed in db.Feeds on report.FeedId equals feed.Id
            join wanted in db.ReportRevisions on new { Id = report.Id, Revision = revision ?? report.Revision } equals new { Id = wanted.ReportId, wanted.Revision }
            select new { report.FeedId, Feed = feed.Name, feed.Columns, report.ExternalId, Wanted = wanted }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null) return TypedResults.NotFound();
        var revisions = await db.ReportRevisions.Where(row => row.ReportId == id).OrderBy(row => row.Revision)
            .Select(row => new RevisionView(row.Revision, row.Action, row.ReceivedAt, row.Format, row.Raw.Length, row.TraceId)).ToListAsync(cancellationToken);
        var shown = found.Wanted;
        var told = await ReadAsync(shown, found.Columns, found.ExternalId, cancellationToken);
        return TypedResults.Ok(new ReportView(id, found.FeedId, found.Feed, found.ExternalId, shown.Revision, shown.ReceivedAt, shown.TraceId, told, revisions));
    }

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> GetRawAsync(Guid id, int? revision, IngestionDb db, CancellationToken cancellationToken)
    {
        if (revision < 1) return Problems.Parameter("revision", "a number from 1", revision.ToString());
        var raw = await db.ReportRevisions.Where(row => row.ReportId == id && (revision == null || row.Revision == revision))
            .OrderByDescending(row => row.Revision).Select(row => new { row.Raw, row.Format }).FirstOrDefaultAsync(cancellationToken);
        return raw is null ? TypedResults.NotFound() : TypedResults.Bytes(raw.Raw, FeedFormats.Named(raw.Format)?.ContentTypes[0]);
    }

    /// <summary>The report is not stored beside its bytes: the format reads them again.</summary>
    private static async Task<Report?> ReadAsync(
        ReportRevisionRow revision, IReadOnlyDictionary<string, string>? columns, string externalId, CancellationToken cancellationToken)
    {
        if (FeedFormats.Named(revision.Format) is not { } format) return null;
        await foreach (var item in format.ReadAsync(FeedBody.Of(revision.Raw, columns), FormatLimits.OfAccepted, cancellationToken))
            if (item.Report?.ExternalId == externalId) return item.Report;
        return null;
    }
}
