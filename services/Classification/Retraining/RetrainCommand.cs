namespace Monitoring.Classification.Retraining;

/// <summary><c>retrain</c>: learns from the corrections now, as <c>POST /v1/models/retrain</c> does; the services follow within seconds.</summary>
internal static class RetrainCommand
{
    public const string Usage = "usage: retrain";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length > 0)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }
        await using var services = CommandServices.Build();
        switch (await services.GetRequiredService<Retrainer>().TrainAsync($"{Environment.UserName}, command line", CancellationToken.None))
        {
            case RetrainingOutcome.Trained { Model: var model, Fate: var fate }:
                await Console.Out.WriteLineAsync($"{model.Version}, from {model.From}: {model.Examples} corrections learnt from, {model.KeptBack} kept back; {fate}");
                if (model.Figures!.KeptBack is { } keptBack) await Console.Out.WriteLineAsync($"  kept back  {Text(keptBack)}");
                await Console.Out.WriteLineAsync($"  own texts  {Text(model.Figures.Own)}");
                return 0;
            case RetrainingOutcome.Busy:
                await Console.Error.WriteLineAsync("Another copy of the service is training. Try again later.");
                return 1;
            default:
                await Console.Out.WriteLineAsync("There is no correction to learn from yet.");
                return 0;
        }
    }

    private static string Text(BeforeAndAfter figures) =>
        FormattableString.Invariant($"{figures.After.Texts} texts: domains right {figures.Before.ExactDomains:0.000} → {figures.After.ExactDomains:0.000}, macro-F1 {figures.Before.MacroF1:0.000} → {figures.After.MacroF1:0.000}, severity right {figures.Before.ExactSeverity:0.000} → {figures.After.ExactSeverity:0.000}");
}
