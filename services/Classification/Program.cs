using Monitoring.Classification;
using Monitoring.Classification.Corrections;
using Monitoring.Classification.Incidents;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Retraining;
using Monitoring.Classification.Storage;
using Monitoring.ServiceDefaults;
using Monitoring.ServiceDefaults.Bus;
using Monitoring.ServiceDefaults.Failures;
using Monitoring.ServiceDefaults.Tokens;

if (Commands.Find(args) is { } command) return await command(args[1..]);

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults<ClassificationDb>("classification", bus => bus.Share<ReportsReceivedConsumer>(BusTopology.Classification));
builder.AddClassification();

var app = builder.Build();
app.MapServiceDefaults();
app.MapClassify();
app.MapIncidents();
app.MapCorrections();
app.MapModels();
app.MapFailures(Scopes.IncidentsRead, Scopes.IncidentsCorrect, ReportJudging.Retry);
app.Run();
return 0;
