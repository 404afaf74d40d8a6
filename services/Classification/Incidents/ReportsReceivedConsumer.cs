using MassTransit;
using Monitoring.Classification.Stories;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Bulk;

namespace Monitoring.Classification.Incidents;

/// <summary>Judges every report of a message and hands all to the writer; the message is acknowledged once they are committed.</summary>
internal sealed class ReportsReceivedConsumer(ReportJudging judging, GroupCommit<JudgedReport, bool> incidents) : IConsumer<ReportsReceived>
{
    public async Task Consume(ConsumeContext<ReportsReceived> context)
    {
        foreach (var group in context.Message.Reports.Select(judging.Begin).Chunk(500))
            await incidents.SubmitAsync(group, context.CancellationToken);
    }
}
