using System.Diagnostics;

namespace Monitoring.Compose.Tests;

/// <summary>Runs commands to their end, in the repository's folder.</summary>
internal sealed class Docker(IReadOnlyDictionary<string, string> environment)
{
    private static readonly string Root = Environment.GetEnvironmentVariable("MONITORING_TEST_ROOT") is { Length: > 0 } given ? given : FindRoot();

    /// <summary>Runs a program and gives back what it printed; the failure of one that fails tells all that it said.</summary>
    public async Task<string> RunAsync(string program, IEnumerable<string> arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} took longer than {limit}: {await errors}");
        }
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {await output}{await errors}");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docker-compose.yml")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository only.");
        return folder.FullName;
    }
}
