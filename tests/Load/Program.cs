using Monitoring.Load;
using Monitoring.Load.Bare;
using Monitoring.Load.Formats;
using Monitoring.Load.Intake;
using Monitoring.Load.Judging;
using Monitoring.Load.Pipeline;
using Monitoring.Load.Snapshot;

if (!Arguments.TryParse(args, out var arguments, out var problem))
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}
try
{
    return arguments.Command switch
    {
        "bare" => await BareCommand.RunAsync(arguments, TimeProvider.System),
        "bare-server" => await BareServer.RunAsync(),
        "formats" => await FormatsCommand.RunAsync(arguments, TimeProvider.System),
        "judge" => JudgeCommand.Run(arguments, TimeProvider.System),
        "snapshot" => await SnapshotCommand.RunAsync(RunningSystem.Find(), TimeProvider.System),
        "intake" => await IntakeCommand.RunAsync(arguments, RunningSystem.Find(), TimeProvider.System),
        _ => await PipelineCommand.RunAsync(arguments, RunningSystem.Find(), TimeProvider.System),
    };
}
catch (UnusableSystemException unusable)
{
    Console.Error.WriteLine(unusable.Message);
    return 3;
}
