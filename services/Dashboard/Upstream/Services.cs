using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Dashboard.Upstream;

/// <summary>What the dashboard asks Alerting.</summary>
internal sealed class AlertingApi(HttpClient http, ILogger<AlertingApi> logger) : ServiceApi(http, "Alerting", logger)
{
    /// <param name="query">The list's parameters, beginning with a question mark.</param>
    /// <param name="acting">Whom the list is for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Answer<Page<Alert>>> ListAsync(string query, ActingFor? acting, CancellationToken cancellationToken) =>
        GetAsync<Page<Alert>>($"v1/alerts{query}", acting, cancellationToken);

    public Task<Answer<Alert>> FindAsync(Guid id, ActingFor acting, CancellationToken cancellationToken) =>
        GetAsync<Alert>($"v1/alerts/{id}", acting, cancellationToken);

    public Task<Answer<Alert>> AcknowledgeAsync(Guid id, int? version, string? comment, ActingFor acting, CancellationToken cancellationToken) =>
        ActAsync(id, "acknowledge", new { version, comment }, acting, cancellationToken);

    public Task<Answer<Alert>> ResolveAsync(Guid id, int? version, string? comment, ActingFor acting, CancellationToken cancellationToken) =>
        ActAsync(id, "resolve", new { version, comment }, acting, cancellationToken);

    public Task<Answer<Alert>> ReopenAsync(Guid id, int? version, string? comment, ActingFor acting, CancellationToken cancellationToken) =>
        ActAsync(id, "reopen", new { version, comment }, acting, cancellationToken);

    public Task<Answer<Alert>> AssignAsync(Guid id, int? version, string assignee, string? comment, ActingFor acting, CancellationToken cancellationToken) =>
        ActAsync(id, "assign", new { version, assignee, comment }, acting, cancellationToken);

    public Task<Answer<Alert>> CommentAsync(Guid id, string comment, ActingFor acting, CancellationToken cancellationToken) =>
        ActAsync(id, "comment", new { comment }, acting, cancellationToken);

    private Task<Answer<Alert>> ActAsync(Guid id, string action, object body, ActingFor acting, CancellationToken cancellationToken) =>
        SendAsync<Alert>(HttpMethod.Post, $"v1/alerts/{id}/{action}", body, acting, cancellationToken);
}

/// <summary>What the dashboard asks Classification.</summary>
internal sealed class ClassificationApi(HttpClient http, ILogger<ClassificationApi> logger) : ServiceApi(http, "Classification", logger)
{
    public Task<Answer<Incident>> FindAsync(Guid incident, ActingFor acting, CancellationToken cancellationToken) =>
        GetAsync<Incident>($"v1/incidents/{incident}", acting, cancellationToken);
}

/// <summary>What the dashboard asks Ingestion.</summary>
internal sealed class IngestionApi(HttpClient http, ILogger<IngestionApi> logger) : ServiceApi(http, "Ingestion", logger)
{
    public Task<Answer<ReportView>> FindAsync(Guid report, ActingFor acting, CancellationToken cancellationToken) =>
        GetAsync<ReportView>($"v1/reports/{report}", acting, cancellationToken);

    /// <summary>The feeds that should have been heard.</summary>
    public Task<Answer<Page<QuietFeed>>> QuietFeedsAsync(CancellationToken cancellationToken) =>
        GetAsync<Page<QuietFeed>>("v1/feeds?health=late,silent&limit=1000", acting: null, cancellationToken);
}

/// <summary>The services that work on messages, and so may have given up on an item of one. Ingestion refuses at the door instead.</summary>
internal sealed class ServiceApis(ClassificationApi classification, AlertingApi alerting)
{
    public IReadOnlyList<ServiceApi> All { get; } = [classification, alerting];

    public ServiceApi? Find(string name) => All.FirstOrDefault(service => string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase));
}
