using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Monitoring.Contracts;
using Monitoring.Dashboard.Accounts;
using Monitoring.Dashboard.Storage;
using Monitoring.Dashboard.Upstream;

namespace Monitoring.Dashboard.Pages;

/// <summary>Gathers the page of an alert from the services that know its parts.</summary>
internal sealed class AlertPages(AlertingApi alerting, ClassificationApi classification, IngestionApi ingestion, DashboardDb db)
{
    /// <summary>Reports whose texts a page shows.</summary>
    private const int ReportLimit = 10;

    public async Task<IResult> ShowAsync(Guid id, Visitor visitor, string? notice, string? comment, int status, CancellationToken cancellationToken)
    {
        switch (await alerting.FindAsync(id, visitor.Acting, cancellationToken))
        {
            case Answer<Alert>.Given { Value: var alert }:
                var model = await GatherAsync(alert, visitor, cancellationToken) with { Notice = notice, Comment = comment };
                return new RazorComponentResult<AlertPage>(new { Model = model }) { StatusCode = status };
            case Answer<Alert>.Missing:
                return PageErrors.Of(StatusCodes.Status404NotFound, "There is no such alert, or it is too old to be kept.");
            case Answer<Alert>.Refused refused:
                return PageErrors.Of(refused.Status, refused.Problem);
            case Answer<Alert>.Away away:
                return PageErrors.Of(StatusCodes.Status503ServiceUnavailable, $"The alert cannot be shown: {away.Service} is away ({away.Reason}).");
            default:
                throw new InvalidOperationException("An answer is one of four.");
        }
    }

    private async Task<AlertModel> GatherAsync(Alert alert, Visitor visitor, CancellationToken cancellationToken)
    {
        var incident = await classification.FindAsync(alert.IncidentId, visitor.Acting, cancellationToken);
        var reports = (incident.ValueOrDefault?.Reports ?? []).OrderByDescending(report => report.ReceivedAt).Take(ReportLimit);
        return new()
        {
            Visitor = visitor,
            Alert = alert,
            Incident = incident,
            Reports = await Task.WhenAll(reports.Select(async report => new ReportPart(report, await ingestion.FindAsync(report.Id, visitor.Acting, cancellationToken)))),
            Operators = visitor.MayAct ? await OperatorsAsync(alert.Assignee, cancellationToken) : [],
        };
    }

    private async Task<IReadOnlyList<string>> OperatorsAsync(string? assignee, CancellationToken cancellationToken)
    {
        var names = await db.Accounts.AsNoTracking().Where(account => account.Role != Role.Viewer).Select(account => account.UserName!).ToListAsync(cancellationToken);
        return [.. names.Concat(assignee is null ? [] : [assignee]).Distinct().Order(StringComparer.OrdinalIgnoreCase)];
    }
}
