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
        return await CommandServices.RunAsync(async services =>
        {
            switch (await services.GetRequiredService<Retrainer>().TrainAsync($"{Environment.UserName}, command line", CancellationToken.None))
            {
                case RetrainingOutcome.Trained { Model: var model }:
                    await Console.Out.WriteLineAsync($"{model.Version}, from {model.From}: {model.Examples} corrections learnt from, {model.KeptBack} kept back to measure by; {model.Fate}");
                    if (model.Figures!.KeptBack is { } keptBack) await Console.Out.WriteLineAsync($"  kept back  {keptBack}");
                    await Console.Out.WriteLineAsync($"  own texts  {model.Figures.Own}");
                    return 0;
                case RetrainingOutcome.NothingToLearn nothing:
                    await Console.Out.WriteLineAsync(nothing.Reason);
                    return 0;
                default:
                    await Console.Error.WriteLineAsync(RetrainingOutcome.Busy.Reason);
                    return 1;
            }
        });
    }
}
