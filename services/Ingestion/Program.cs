using Monitoring.Ingestion.Feeds;
using Monitoring.Ingestion.Freshness;
using Monitoring.Ingestion.Intake;
using Monitoring.Ingestion.Polling;
using Monitoring.Ingestion.Quarantine;
using Monitoring.Ingestion.Reports;
using Monitoring.Ingestion.Retention;
using Monitoring.Ingestion.Storage;
using Monitoring.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults<IngestionDb>("ingestion");
builder.AddFeeds();
builder.AddFreshness();
builder.AddIntake();
builder.AddPolling();
builder.AddQuarantine();
builder.AddRetention();

var app = builder.Build();
app.MapServiceDefaults();
app.MapIntake();
app.MapReports();
app.MapFeeds();
app.MapPolls();
app.MapCatalogue();
app.MapQuarantine();
app.Run();
