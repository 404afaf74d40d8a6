using Monitoring.Classification.Rejudging;
using Monitoring.Classification.Retraining;
using Monitoring.Classification.Training;

namespace Monitoring.Classification;

/// <summary>What the program does instead of serving when its first argument is a verb.</summary>
internal static class Commands
{
    private static readonly Dictionary<string, Func<string[], Task<int>>> All = new()
    {
        ["train"] = TrainCommand.RunAsync,
        ["evaluate"] = EvaluateCommand.RunAsync,
        ["learn-frequencies"] = LearnFrequenciesCommand.RunAsync,
        ["retrain"] = RetrainCommand.RunAsync,
        ["rejudge"] = RejudgeCommand.RunAsync,
    };

    /// <summary>The command that the arguments ask for, to be run with what follows the verb; <c>null</c> to serve.</summary>
    public static Func<string[], Task<int>>? Find(string[] args) => args.Length > 0 ? All.GetValueOrDefault(args[0]) : null;
}
