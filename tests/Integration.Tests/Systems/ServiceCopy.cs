using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Monitoring.Integration.Tests.Systems;

/// <summary>One process of a service, which can be killed and started again in its place.</summary>
internal sealed class ServiceCopy(string service, IReadOnlyDictionary<string, string> settings, string connectionString) : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly ConcurrentQueue<string> log = new();
    private Process? process;

    public string Service => service;

    public Uri Address { get; } = new($"http://127.0.0.1:{Ports.Next()}");

    /// <summary>The last lines that the service wrote, all its starts together.</summary>
    public string Log => string.Join('\n', log);

    /// <summary>The most memory that it held at once since it was started, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            process!.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    public bool Runs => process is { HasExited: false };

    public void Start()
    {
        process = new Process { StartInfo = Program([]) };
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Runs the service's program beside it as a command, and gives back what it printed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        using var command = Command(arguments);
        var (output, errors) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(command.ExitCode == 0, $"{string.Join(' ', arguments)} ended with {command.ExitCode}: {await errors}");
        return await output;
    }

    /// <summary>The same for who ends it himself.</summary>
    public Process Command(params string[] arguments) => Process.Start(Program(arguments))!;

    public async Task ReadyAsync()
    {
        try
        {
            await Eventually.IsTrueAsync($"{service} at {Address} is ready", TimeSpan.FromSeconds(60), async () =>
                !Runs || await StatusAsync("/health/ready") == HttpStatusCode.OK);
        }
        catch (TimeoutException late)
        {
            Assert.Fail($"{late.Message} It wrote:\n{Log}");
        }
        Assert.True(Runs, $"{service} ended. It wrote:\n{Log}");
    }

    /// <summary>The status of a GET; none where nobody answers.</summary>
    public async Task<HttpStatusCode?> StatusAsync(string path)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Address, path));
            return answer.StatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary><c>kill -9</c>: no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await KillAsync();
    }

    private ProcessStartInfo Program(string[] arguments)
    {
        var folder = Path.Combine(Checkout.Root, "services", service);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "bin", Checkout.Configuration, "net10.0", $"Monitoring.{service}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        start.Environment["ConnectionStrings__Postgres"] = connectionString;
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        return start;
    }

    private void Write(string? line)
    {
        if (line is null) return;
        log.Enqueue(line);
        if (log.Count > 400) log.TryDequeue(out _);
    }
}
