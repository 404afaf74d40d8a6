using Monitoring.Ingestion.Feeds;
using Monitoring.Ingestion.Freshness;
using Monitoring.Ingestion.Intake;
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
builder.AddQuarantine();
builder.AddRetention();

var app = builder.Build();
app.MapServiceDefaults();
app.MapIntake();
app.MapReports();
app.MapFeeds();
app.MapQuarantine();
app.Run();
