using System.Diagnostics;
using Monitoring.Contracts;
using Monitoring.Load.Client;
using Monitoring.Load.Figures;
using Monitoring.Load.Traffic;

namespace Monitoring.Load.Bare;

/// <summary>Loads the bare server as the intake is loaded.</summary>
internal static class BareCommand
{
    public static async Task<int> RunAsync(Arguments arguments, TimeProvider time)
    {
        Result.Print(new { command = "bare", arguments.Connections, arguments.Batch, figures = await MeasureAsync(arguments, time) });
        return 0;
    }

    public static async Task<PostingFigures> MeasureAsync(Arguments arguments, TimeProvider time)
    {
        using var server = Start();
        try
        {
            var line = await server.StandardOutput.ReadLineAsync() ?? throw new UnusableSystemException("The bare server did not start.");
            var address = new Uri(line);
            var crew = new Crew(
                await Connection.ResolveAsync(address),
                arguments.Connections,
                seed => new ReportTexts(new Random(seed), time.GetUtcNow()).Requests(address, "none", "bare", arguments.Batch, ReportStatus.Test),
                time);
            await crew.PostAsync(arguments.WarmUp, rate: null);
            return PostingFigures.Of(await crew.PostAsync(arguments.Length, rate: null));
        }
        finally
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync();
        }
    }

    private static Process Start()
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(BareServer).Assembly.Location);
        start.ArgumentList.Add("bare-server");
        return Process.Start(start)!;
    }
}
