using System.Net;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Dashboard.Upstream;

/// <summary>Asks another service's API, for an operator where one is given, and sorts what comes back.</summary>
internal abstract partial class ServiceApi(HttpClient http, string name, ILogger logger)
{
    /// <summary>How the service is called on pages.</summary>
    public string Name { get; } = name;

    /// <summary>The items that the service gave up on, newest first.</summary>
    public Task<Answer<Page<Failure>>> FailuresAsync(ActingFor? acting, CancellationToken cancellationToken) =>
        GetAsync<Page<Failure>>("v1/failures?limit=100", acting, cancellationToken);

    public Task<Answer<Nothing>> RetryAsync(Guid failure, ActingFor acting, CancellationToken cancellationToken) =>
        SendAsync<Nothing>(HttpMethod.Post, $"v1/failures/{failure}/retry", body: null, acting, cancellationToken);

    protected Task<Answer<T>> GetAsync<T>(string path, ActingFor? acting, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Get, path, body: null, acting, cancellationToken);

    protected async Task<Answer<T>> SendAsync<T>(HttpMethod method, string path, object? body, ActingFor? acting, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (acting is not null) request.Options.Set(ServiceCalls.Operator, acting);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType());
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return await ReadAsync<T>(response, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogAway(logger, Name, method, path, exception.Message);
            return new Answer<T>.Away(Name, exception is OperationCanceledException ? "it did not answer in time" : "it did not answer");
        }
    }

    private async Task<Answer<T>> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound) return new Answer<T>.Missing();
        if (response.StatusCode >= HttpStatusCode.InternalServerError) return new Answer<T>.Away(Name, $"it answered {(int)response.StatusCode}");
        if (!response.IsSuccessStatusCode) return new Answer<T>.Refused((int)response.StatusCode, await ProblemAsync(response, cancellationToken));
        if (typeof(T) == typeof(Nothing)) return new Answer<T>.Given(default!);
        var value = await response.Content.ReadFromJsonAsync<T>(UpstreamJson.Default.Options, cancellationToken);
        return value is null ? new Answer<T>.Away(Name, "its answer was empty") : new Answer<T>.Given(value);
    }

    private static async Task<string> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var reason = response.ReasonPhrase ?? response.StatusCode.ToString();
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true) return reason;
        var problem = await response.Content.ReadFromJsonAsync<Problem>(UpstreamJson.Default.Options, cancellationToken);
        return problem?.Detail ?? problem?.Title ?? reason;
    }

    [LoggerMessage(LogLevel.Debug, "{Service} did not answer {Method} {Path}: {Reason}")]
    private static partial void LogAway(ILogger logger, string service, HttpMethod method, string path, string reason);
}

/// <summary>No body where none is wanted.</summary>
internal readonly record struct Nothing;

/// <summary>Of a problem (RFC 9457) what a page shows.</summary>
internal sealed record Problem(string? Title, string? Detail);
