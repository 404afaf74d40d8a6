using Monitoring.Contracts;

namespace Monitoring.Classification.Stories;

/// <summary>A revision on its way into an incident; its judging may still run, or have failed.</summary>
internal sealed record JudgedReport(ReceivedReport Received, Task<Verdict> Verdict)
{
    public Report Report => Received.Report;

    /// <summary>The reports that it cancels, apart from itself.</summary>
    public IEnumerable<Guid> Cancels => Report.Action == ReportAction.Cancel
        ? Report.References.Select(reference => Ids.Report(Received.FeedId, reference)).Where(id => id != Received.Id)
        : [];

    /// <summary>One report makes one incident; a cancellation of others belongs to what it cancels.</summary>
    public Guid IncidentId => Ids.Incident(Cancels.FirstOrDefault(Received.Id));
}
