namespace Monitoring.Load.Figures;

/// <summary>Watches the processor time and the memory of the system's processes while it is under load.</summary>
internal sealed class SystemUsage : IAsyncDisposable
{
    private readonly (string Name, int Process, double CpuBefore)[] processes;
    private readonly Dictionary<string, double> peaks = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly Task sampling;

    private SystemUsage(IEnumerable<(string Name, int Process)> found, TimeProvider time)
    {
        processes = [.. found.Select(one => (one.Name, one.Process, ProcFiles.CpuSeconds(one.Process)))];
        sampling = SampleAsync(time);
    }

    public static SystemUsage Watch(RunningSystem system, TimeProvider time)
    {
        (string Name, int? Process)[] wanted =
        [
            ("ingestion", Service(system.Ingestion, "Ingestion")),
            ("classification", Service(system.Classification, "Classification")),
            ("alerting", Service(system.Alerting, "Alerting")),
            ("dashboard", Service(system.Dashboard, "Dashboard")),
            ("postgres", Server(system.Postgres.Port, "postgres")),
            ("rabbitmq", Server(system.RabbitMq.Port > 0 ? system.RabbitMq.Port : 5672, "beam.smp")),
            ("tool", Environment.ProcessId),
        ];
        foreach (var (name, _) in wanted.Where(one => one.Process is null))
            Console.Error.WriteLine($"No process of {name} is to be seen: its processor time and memory are not measured.");
        return new(wanted.Where(one => one.Process is not null).Select(one => (one.Name, one.Process!.Value)), time);
    }

    /// <summary>Processor seconds since the watch began, by process, for each 1,000 of the given reports; with their sum.</summary>
    public IReadOnlyDictionary<string, double> CpuPerThousand(int reports)
    {
        var spent = processes.ToDictionary(
            one => one.Name, one => Math.Round((ProcFiles.CpuSeconds(one.Process) - one.CpuBefore) * 1000 / Math.Max(1, reports), 4));
        spent["total"] = Math.Round(spent.Values.Sum(), 4);
        return spent;
    }

    /// <summary>The most resident memory seen, in megabytes. Postgres's is left out: its processes share most of theirs.</summary>
    public IReadOnlyDictionary<string, double> PeakMegabytes()
    {
        lock (peaks) return peaks.ToDictionary(peak => peak.Key, peak => Math.Round(peak.Value, 1));
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await sampling;
        stopping.Dispose();
    }

    private async Task SampleAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), time);
        try
        {
            do
            {
                foreach (var (name, process, _) in processes.Where(one => one.Name != "postgres"))
                    lock (peaks) peaks[name] = Math.Max(peaks.GetValueOrDefault(name), ProcFiles.ResidentMegabytes(process));
            }
            while (await timer.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The watch is over.
        }
    }

    private static int? Service(Uri address, string name) => Server(address.Port, $"Monitoring.{name}.dll");

    // In a container the port is held by a proxy; then the process is known by its command line alone.
    private static int? Server(int port, string commandLine) =>
        ProcFiles.ListenerOn(port) is { } process && !ProcFiles.CommandLine(process).Contains("docker-proxy", StringComparison.Ordinal)
            ? process
            : ProcFiles.WithCommandLine(commandLine);
}
