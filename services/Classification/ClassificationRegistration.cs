using Monitoring.Classification.Incidents;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Retraining;
using Monitoring.Classification.Storage;
using Monitoring.Classification.Stories;
using Monitoring.ServiceDefaults.Bulk;

namespace Monitoring.Classification;

internal static class ClassificationRegistration
{
    /// <summary>Adds what Classification does, apart from its endpoints.</summary>
    public static void AddClassification(this IHostApplicationBuilder builder)
    {
        builder.AddModels();
        builder.Services.AddSingleton<ReportJudging>();
        builder.Services.AddSingleton<StoryIndex>();
        builder.Services.AddGroupCommit<JudgedReport, bool, IncidentWriter>();
        builder.Services.AddScoped<IncidentQueries>();
        builder.Services.AddOptions<StoryOptions>().BindConfiguration("Stories")
            .Validate(options => options.Window > TimeSpan.Zero && options.Window <= TimeSpan.FromDays(30), "Stories:Window must be more than nothing and at most 30 days.").ValidateOnStart();
        builder.Services.AddOptions<RetentionOptions>().BindConfiguration("Retention")
            .Validate(options => options.Incidents >= 1, "Retention:Incidents must be at least 1 day.")
            .Validate(options => options.Corrections >= 1, "Retention:Corrections must be at least 1 day.").ValidateOnStart();
        builder.Services.AddHostedService<IncidentRetention>();
        builder.Services.AddScoped<CorrectionQueries>();
        builder.Services.AddScoped<CorrectionWriter>();
        builder.Services.AddScoped<RejudgeStore>();
    }

    /// <summary>The model in force, what it can be replaced by, and how.</summary>
    private static void AddModels(this IHostApplicationBuilder builder)
    {
        var judging = builder.Configuration.GetSection("Judging").Get<JudgingOptions>() ?? new JudgingOptions();
        var builtIn = new BuiltInModel(LoadModel(judging));
        builder.Services.AddSingleton(builtIn);
        builder.Services.AddSingleton(new ActiveModel(builtIn.Model));
        builder.Services.AddSingleton<ModelStore>();
        builder.Services.AddSingleton<ExampleQueries>();
        builder.Services.AddSingleton<ModelLoader>();
        builder.Services.AddSingleton<Comparing>();
        builder.Services.AddSingleton<Retrainer>();
        builder.Services.AddSingleton<ModelFollower>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ModelFollower>());
        builder.Services.AddHostedService<RetrainingSchedule>();
        builder.Services.AddOptions<RetrainingOptions>().BindConfiguration("Retraining")
            .Validate(options => options.Every >= TimeSpan.Zero, "Retraining:Every must be a time such as 1.00:00:00, or 0 to train only when asked.")
            .Validate(options => options.KeptBack is >= 0 and <= 0.9, "Retraining:KeptBack must be a share from 0 to 0.9.")
            .Validate(options => options.Examples is >= 1 and <= 200_000, "Retraining:Examples must be from 1 to 200,000.")
            .Validate(options => options.Models >= 1, "Retraining:Models must be at least 1.").ValidateOnStart();
    }

    /// <exception cref="InvalidOperationException">A file of the user's cannot be read; nothing starts before it is put right.</exception>
    private static Model LoadModel(JudgingOptions options)
    {
        try
        {
            return Model.Load(options.Actors, options.Weights);
        }
        catch (Exception exception) when ((options.Actors ?? options.Weights) is not null && exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InvalidOperationException($"Judging:Actors must name a file of actors and Judging:Weights one that train made, where they are given: {exception.Message}", exception);
        }
    }
}
