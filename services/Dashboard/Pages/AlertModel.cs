using Monitoring.Contracts;
using Monitoring.Dashboard.Accounts;
using Monitoring.Dashboard.Upstream;

namespace Monitoring.Dashboard.Pages;

/// <summary>What the page of an alert shows; each part says for itself when its service could not be asked.</summary>
public sealed record AlertModel
{
    public required Visitor Visitor { get; init; }
    public required Alert Alert { get; init; }
    public required Answer<Incident> Incident { get; init; }
    public required IReadOnlyList<ReportPart> Reports { get; init; }
    /// <summary>Who may be asked to see to it.</summary>
    public required IReadOnlyList<string> Operators { get; init; }
    /// <summary>Why the last action was not done.</summary>
    public string? Notice { get; init; }
    /// <summary>What was typed with an action that was not done, so that it is not lost.</summary>
    public string? Comment { get; init; }
}

/// <summary>A report of the incident, with what Ingestion knows of it.</summary>
public sealed record ReportPart(IncidentReport Report, Answer<ReportView> Content);
