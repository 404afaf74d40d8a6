using Monitoring.Alerting;
using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Channels;
using Monitoring.Alerting.Delivery;
using Monitoring.Alerting.Rules;
using Monitoring.Alerting.Storage;
using Monitoring.ServiceDefaults;
using Monitoring.ServiceDefaults.Bus;
using Monitoring.ServiceDefaults.Failures;
using Monitoring.ServiceDefaults.Tokens;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults<AlertingDb>("alerting", bus => bus.Share<IncidentsChangedConsumer>(BusTopology.Alerting));
builder.AddAlerting();

var app = builder.Build();
app.MapServiceDefaults();
app.MapAlerts();
app.MapRules();
app.MapChannels();
app.MapDeliveries();
app.MapFailures(Scopes.AlertsRead, Scopes.AlertsAct, AlertingRegistration.Retry);
app.Run();
