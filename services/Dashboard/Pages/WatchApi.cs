using Microsoft.AspNetCore.Http.HttpResults;
using Monitoring.Dashboard.Accounts;
using Monitoring.Dashboard.Live;
using Monitoring.Dashboard.Upstream;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Dashboard.Pages;

internal static class WatchApi
{
    /// <summary><c>GET /</c>: the live list; with <c>cursor</c>, the older alerts that the board does not show.</summary>
    public static void MapWatch(this IEndpointRouteBuilder routes) => routes.MapGet("/", ShowAsync).ExcludeFromDescription();

    private static async Task<RazorComponentResult<Watch>> ShowAsync(HttpContext context, LiveBoard board, LiveOptions options, AlertingApi alerting, string? cursor)
    {
        var visitor = Visitor.Of(context.User);
        if (!AlertFilter.TryParse(context.Request.Query, out var filter, out var problem))
            return Page(new() { Visitor = visitor, Filter = filter, Problem = problem }, StatusCodes.Status400BadRequest);

        if (cursor is null && board.Look(filter) is { } seen)
        {
            return Page(new()
            {
                Visitor = visitor,
                Filter = filter,
                Rows = seen.Rows,
                Matching = seen.Matching,
                Counters = seen.Counters,
                Quiet = board.Quiet,
                More = seen.Rest is { } rest ? new Cursor(rest.CreatedAt, rest.Id).ToString() : null,
                IsStale = seen.IsStale,
            });
        }

        var query = $"{filter.ToQuery()}&limit={options.Rows}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}";
        return await alerting.ListAsync(query, visitor.Acting, context.RequestAborted) switch
        {
            Answer<Contracts.Page<Contracts.Alert>>.Given { Value: var page } => Page(new()
            {
                Visitor = visitor,
                Filter = filter,
                Rows = Rows(page),
                Counters = board.Look(filter)?.Counters,
                Quiet = board.Quiet,
                More = page.Next,
                IsOlder = cursor is not null,
                IsStale = cursor is null,
            }),
            Answer<Contracts.Page<Contracts.Alert>>.Refused refused => Page(new() { Visitor = visitor, Filter = filter, Problem = refused.Problem }, refused.Status),
            _ => Page(new() { Visitor = visitor, Filter = filter, Problem = "The alerts cannot be shown: Alerting is away. Load the page again in a moment." }, StatusCodes.Status503ServiceUnavailable),
        };
    }

    private static IReadOnlyList<BoardRow> Rows(Contracts.Page<Contracts.Alert> page)
    {
        var shared = new BoardRow.Shared();
        return [.. page.Items.Select(alert => BoardRow.Of(alert, shared))];
    }

    private static RazorComponentResult<Watch> Page(WatchModel model, int status = StatusCodes.Status200OK) => new(new { Model = model }) { StatusCode = status };
}
