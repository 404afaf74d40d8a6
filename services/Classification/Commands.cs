using Monitoring.Classification.Rejudging;
using Monitoring.Classification.Retraining;
using Monitoring.Classification.Training;

namespace Monitoring.Classification;

/// <summary>What the program does instead of serving when its first argument is a verb.</summary>
internal static class Commands
{
    private static readonly Dictionary<string, (Func<string[], Task<int>> Run, string Usage)> All = new()
    {
        ["retrain"] = (RetrainCommand.RunAsync, RetrainCommand.Usage),
        ["rejudge"] = (RejudgeCommand.RunAsync, RejudgeCommand.Usage),
        ["train"] = (TrainCommand.RunAsync, TrainCommand.Usage),
        ["evaluate"] = (EvaluateCommand.RunAsync, EvaluateCommand.Usage),
        ["learn-frequencies"] = (LearnFrequenciesCommand.RunAsync, LearnFrequenciesCommand.Usage),
    };

    /// <summary>
    /// The command that the arguments ask for, to be run with what follows the verb; <c>null</c> to serve, with settings such as
    /// <c>--urls=…</c> or <c>Retraining:Every=0</c>. A word that is no command is refused: whoever mistyped one wants no service.
    /// </summary>
    public static Func<string[], Task<int>>? Find(string[] args) => args switch
    {
        [] => null,
        [var verb, ..] when All.TryGetValue(verb, out var command) => command.Run,
        ["--help" or "-h", ..] => _ => UsageAsync("The commands are:"),
        [var setting, ..] when setting.StartsWith('-') || setting.StartsWith('/') || setting.Contains('=', StringComparison.Ordinal) => null,
        [var other, ..] => _ => UsageAsync($"'{other}' is no command. Those that there are:"),
    };

    private static async Task<int> UsageAsync(string first)
    {
        await Console.Error.WriteLineAsync($"{first}\n{string.Join('\n', All.Values.Select(command => command.Usage))}");
        return 2;
    }
}
