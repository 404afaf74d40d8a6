using System.Globalization;

namespace Monitoring.Load.Figures;

/// <summary>What Linux tells about processes under <c>/proc</c> (proc(5)).</summary>
internal static class ProcFiles
{
    private const double TicksPerSecond = 100;

    /// <summary>The process that listens on a local TCP port, or null where none does that we may look into.</summary>
    public static int? ListenerOn(int port)
    {
        var suffix = $":{port:X4}";
        var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[1].EndsWith(suffix, StringComparison.Ordinal) && fields[3] == "0A")
            .Select(fields => $"socket:[{fields[9]}]")
            .ToHashSet();
        return sockets.Count == 0 ? null : Processes().Order().Cast<int?>().FirstOrDefault(process => Holds(process!.Value, sockets));
    }

    /// <summary>The first process whose command line has this text in it.</summary>
    public static int? WithCommandLine(string text) =>
        Processes().Order().Cast<int?>().FirstOrDefault(process => CommandLine(process!.Value).Contains(text, StringComparison.Ordinal));

    public static string CommandLine(int process) => Read($"/proc/{process}/cmdline").Replace('\0', ' ');

    /// <summary>Processor time of a process and all its descendants, those that have ended included.</summary>
    public static double CpuSeconds(int root)
    {
        var times = Processes().Select(Stat).OfType<(int Process, int Parent, long Ticks)>().ToArray();
        var children = times.ToLookup(time => time.Parent);
        long Sum(int process) => children[process].Sum(child => child.Ticks + Sum(child.Process));
        return (times.FirstOrDefault(time => time.Process == root).Ticks + Sum(root)) / TicksPerSecond;
    }

    /// <summary>Resident memory in megabytes.</summary>
    public static double ResidentMegabytes(int process)
    {
        var line = Read($"/proc/{process}/status").Split('\n').FirstOrDefault(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        var number = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return number is null ? 0 : long.Parse(number, CultureInfo.InvariantCulture) / 1024.0;
    }

    private static IEnumerable<int> Processes() =>
        Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var process) ? process : 0).Where(process => process > 0);

    private static bool Holds(int process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd").Any(path => new FileInfo(path).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static (int Process, int Parent, long Ticks)? Stat(int process)
    {
        // The command's name stands in brackets and may hold anything; the numbers follow the last one.
        var text = Read($"/proc/{process}/stat");
        if (text.LastIndexOf(')') is var end && end < 0) return null;
        var fields = text[(end + 2)..].Split(' ');
        return (process, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
