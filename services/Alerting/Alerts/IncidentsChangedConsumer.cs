using MassTransit;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Bulk;

namespace Monitoring.Alerting.Alerts;

/// <summary>Hands the incidents to the group commit; the message is acknowledged once they are committed.</summary>
internal sealed class IncidentsChangedConsumer(GroupCommit<Incident, bool> evaluation) : IConsumer<IncidentsChanged>
{
    public Task Consume(ConsumeContext<IncidentsChanged> context) => evaluation.SubmitAsync(context.Message.Incidents, context.CancellationToken);
}
