using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.ServiceDefaults.Http;

/// <summary>Problem responses after RFC 9457.</summary>
public static class Problems
{
    /// <summary><c>400</c> about one query parameter.</summary>
    public static ProblemHttpResult Parameter(string name, string expected, string? found) =>
        Invalid(new Dictionary<string, string[]> { [name] = [$"expected {expected}, found '{found}'"] }, $"The parameter '{name}' is not valid.");

    /// <summary><c>400</c> with what is wrong with each field.</summary>
    public static ProblemHttpResult Invalid(IDictionary<string, string[]> errors, string detail = "Some fields are not valid.") =>
        TypedResults.Problem(new HttpValidationProblemDetails(errors) { Status = StatusCodes.Status400BadRequest, Title = "Not valid", Detail = detail });

    /// <summary><c>400</c> about a body that is not the JSON that is expected.</summary>
    public static ProblemHttpResult Invalid(JsonException exception) =>
        Invalid(new Dictionary<string, string[]> { [JsonProblem.FieldOf(exception)] = [JsonProblem.Describe(exception)] }, "The body is not the JSON that is expected here.");

    /// <summary><c>404</c> that says what there is not, where the address alone does not tell.</summary>
    public static ProblemHttpResult NotFound(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound);

    /// <summary><c>409</c>: the request was understood, and what it speaks of is in no state for it.</summary>
    public static ProblemHttpResult Conflict(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict);
}

/// <summary>Lost servers become <c>503</c>, unreadable requests <c>400</c>; what is left is a defect of ours and stays in the log.</summary>
internal sealed partial class ExceptionProblems(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException bad => Describe(bad),
            _ when TransientFaults.IsTransient(exception) => Unavailable(httpContext, "The database is not there at the moment. Nothing was done; try again."),
            _ => null,
        };
        if (problem is null) return ValueTask.FromResult(false);
        httpContext.Response.StatusCode = problem.Status!.Value;
        return problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    internal static ProblemDetails Unavailable(HttpContext context, string detail)
    {
        context.Response.Headers.RetryAfter = "2";
        return new ProblemDetails { Status = StatusCodes.Status503ServiceUnavailable, Detail = detail };
    }

    /// <summary>What the framework found wrong, in words of the API.</summary>
    internal static ProblemDetails Describe(BadHttpRequestException exception)
    {
        if (exception.InnerException is JsonException json) return Problems.Invalid(json).ProblemDetails;
        if (Unbound().Match(exception.Message) is { Success: true } match)
        {
            // .NET names the property that the parameter is bound to.
            var name = JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value);
            return Problems.Parameter(name, ExpectedOf(match.Groups["type"].Value), match.Groups["found"].Value).ProblemDetails;
        }
        var isBodyMissing = exception.Message.EndsWith("Did you mean to use a Service instead?", StringComparison.Ordinal);
        return new ProblemDetails { Status = exception.StatusCode, Detail = isBodyMissing ? "The request has no body; it needs one of JSON." : exception.Message };
    }

    private static string ExpectedOf(string type) => type.Replace("Nullable<", "", StringComparison.Ordinal).TrimEnd('>') switch
    {
        "Guid" => "an id",
        "int" or "long" => "a whole number",
        "bool" => "true or false",
        _ => "another kind of value",
    };

    [GeneratedRegex("""^Failed to bind parameter "(?<type>\S+) (?<name>\S+)" from "(?<found>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Unbound();
}
