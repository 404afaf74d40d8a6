using Monitoring.Contracts;

namespace Monitoring.Classification.Stories;

/// <summary>A revision on its way into an incident; its judging may still run, or have failed.</summary>
internal sealed record JudgedReport(ReceivedReport Received, Task<Verdict> Verdict)
{
    public Report Report => Received.Report;

    public bool Cancels => Report.Action == ReportAction.Cancel;

    /// <summary>
    /// The other reports that it takes back, or takes the place of (CAP 1.2, section 3.2.1, <c>references</c>). What is no word about the
    /// world, such as an exercise or a receipt, does neither.
    /// </summary>
    public IEnumerable<Guid> Others => Report.Action == ReportAction.New || Report.Status != ReportStatus.Actual
        ? []
        : Report.References.Select(reference => Ids.Report(Received.FeedId, reference)).Where(id => id != Received.Id).Distinct();

    /// <summary>Whether it says nothing of the world but that other reports are taken back.</summary>
    public bool OnlyCancelsOthers => Cancels && Others.Any();
}
