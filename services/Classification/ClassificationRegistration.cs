using Monitoring.Classification.Incidents;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Storage;
using Monitoring.Classification.Stories;
using Monitoring.ServiceDefaults.Bulk;

namespace Monitoring.Classification;

internal static class ClassificationRegistration
{
    /// <summary>Adds what Classification does, apart from its endpoints.</summary>
    public static void AddClassification(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(Model.Load());
        builder.Services.AddSingleton<ReportJudging>();
        builder.Services.AddGroupCommit<JudgedReport, bool, IncidentWriter>();
        builder.Services.AddScoped<IncidentQueries>();
        builder.Services.AddOptions<RetentionOptions>().BindConfiguration("Retention")
            .Validate(options => options.Incidents >= 1, "Retention:Incidents must be at least 1 day.").ValidateOnStart();
        builder.Services.AddHostedService<IncidentRetention>();
    }
}
