using Monitoring.Dashboard.Accounts;
using Monitoring.Dashboard.Live;
using Monitoring.Dashboard.Pages;
using Monitoring.Dashboard.Storage;
using Monitoring.Dashboard.Upstream;
using Monitoring.ServiceDefaults;
using Monitoring.ServiceDefaults.Protection;

// The site's files lie beside the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddServiceDefaults<DashboardDb>("dashboard", bus => bus.Hear<AlertsChangedConsumer>("dashboard").Hear<FeedHealthConsumer>("dashboard-feeds"));
builder.AddProtection();
builder.AddAccounts();
builder.AddUpstream();
builder.AddLive();
builder.AddPages();
if (IssueTokenCommand.IsAskedFor(args)) builder.Logging.ClearProviders();

await using var app = builder.Build();
if (IssueTokenCommand.IsAskedFor(args)) return await IssueTokenCommand.RunAsync(app, args);
app.UseBrowserProtection();
app.MapServiceDefaults();
app.MapPages();
app.MapSignIn();
app.MapUsers();
app.MapTokens();
app.MapLive();
await app.RunAsync();
return 0;
