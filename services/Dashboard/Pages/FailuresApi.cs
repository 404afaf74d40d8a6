using Microsoft.AspNetCore.Http.HttpResults;
using Monitoring.Dashboard.Accounts;
using Monitoring.Dashboard.Upstream;

namespace Monitoring.Dashboard.Pages;

internal static class FailuresApi
{
    /// <summary><c>GET /failures</c>: what services gave up on. <c>POST /failures/{service}/{id}</c>: tries it again, for operators.</summary>
    public static void MapFailuresPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/failures", async (HttpContext context, ServiceApis services) =>
            await ShowAsync(Visitor.Of(context.User), services, notice: null, StatusCodes.Status200OK, context.RequestAborted)).ExcludeFromDescription();
        routes.MapPost("/failures/{service}/{id:guid}", RetryAsync).RequireAuthorization(AccountsRegistration.Acting).AddEndpointFilter<ForgeryFilter>().ExcludeFromDescription();
    }

    private static async Task<IResult> RetryAsync(string service, Guid id, HttpContext context, ServiceApis services)
    {
        var visitor = Visitor.Of(context.User);
        if (services.Find(service) is not { } api) return PageErrors.Of(StatusCodes.Status404NotFound);
        return await api.RetryAsync(id, visitor.Acting, context.RequestAborted) switch
        {
            Answer<Nothing>.Given => TypedResults.LocalRedirect("/failures"),
            Answer<Nothing>.Missing => await ShowAsync(visitor, services, "It is not there any more: somebody else has tried it again.", StatusCodes.Status404NotFound, context.RequestAborted),
            Answer<Nothing>.Refused refused => await ShowAsync(visitor, services, $"Not done: {refused.Problem}", refused.Status, context.RequestAborted),
            _ => await ShowAsync(visitor, services, $"{api.Name} is away: it was not tried again.", StatusCodes.Status503ServiceUnavailable, context.RequestAborted),
        };
    }

    private static async Task<RazorComponentResult<FailuresPage>> ShowAsync(Visitor visitor, ServiceApis services, string? notice, int status, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(services.All.Select(async service => (service.Name, await service.FailuresAsync(visitor.Acting, cancellationToken))));
        return new(new { Visitor = visitor, Services = answers, Notice = notice }) { StatusCode = status };
    }
}
