using System.Text.Json;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Retraining;
using Monitoring.Classification.Stories;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Bulk;
using Monitoring.ServiceDefaults.Failures;

namespace Monitoring.Classification.Incidents;

/// <summary>Starts judging reports, on all cores; one whose judging fails is found by the writer and kept as a failed item.</summary>
internal sealed class ReportJudging(ActiveModel active, ModelFollower models)
{
    public JudgedReport Begin(ReceivedReport received) => new(received, Task.Run(() => JudgeAsync(received.Report)));

    private async Task<Verdict> JudgeAsync(Report report)
    {
        // Only at start is there anything to wait for.
        await models.Known;
        return Judgement.Judge(report, active.Current);
    }

    /// <summary>How a failed report is tried again.</summary>
    public static FailureRetry Retry { get; } = new(async (services, payload, cancellationToken) =>
    {
        var received = JsonSerializer.Deserialize(payload, ContractsJson.Default.ReceivedReport)!;
        var judged = services.GetRequiredService<ReportJudging>().Begin(received);
        await services.GetRequiredService<GroupCommit<JudgedReport, bool>>().SubmitAsync([judged], cancellationToken);
    });
}
