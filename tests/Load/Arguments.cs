using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Monitoring.Load;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        usage: dotnet run -c Release --project tests/Load -- COMMAND [OPTION …]

          bare       load a server of the tool's own that only validates: what HTTP alone can do on this machine
          formats    read each format's example, enlarged where a body may hold many items
          judge      judge invented texts of 1 KB on one thread: texts a second of processor time, bytes allocated for each
          snapshot   post snapshots of 20 MB (a catalogue of vulnerabilities, GDELT events), and again unchanged;
                     they are actual reports, so rules that match them alert: not for a system that people watch
          intake     post reports (status "test", so that nobody is alerted) and measure how fast they are accepted
          pipeline   post reports that match a rule of the tool's own and follow each to its incident, alert, webhook and page;
                     other rules and their channels see these reports too

          --connections N   connections that post at once            (bare, intake: 64; pipeline: 256)
          --seconds N       how long is measured                     (10; formats: 2 each)
          --warm-up N       seconds of the same load before that     (3)
          --batch N         reports in one request                   (1; bare, intake)
          --bare            measure "bare" before and after too      (intake)
          --rate N          reports a second, evenly; else flat out  (pipeline)
          --webhook         follow them to a webhook                 (pipeline)
          --sse             follow them to an operator's page        (pipeline)

        The system is found by the variables of .local/env, which deploy/up writes: from the environment, else from that file.
        Prints one JSON object. Exit code 0; 1 when anything was lost or doubled; 2 for wrong arguments; 3 when the system cannot be used.
        """;

    public required string Command { get; init; }
    public required int Connections { get; init; }
    public required TimeSpan Length { get; init; }
    public required TimeSpan WarmUp { get; init; }
    public int Batch { get; init; } = 1;
    public int? Rate { get; init; }
    public bool Bare { get; init; }
    public bool Webhook { get; init; }
    public bool Sse { get; init; }

    public static bool TryParse(string[] args, [NotNullWhen(true)] out Arguments? arguments, [NotNullWhen(false)] out string? problem)
    {
        arguments = null;
        var command = args.FirstOrDefault() ?? "";
        string[]? allowed = command switch
        {
            "bare" => ["--connections", "--seconds", "--warm-up", "--batch"],
            "bare-server" or "snapshot" => [],
            "formats" or "judge" => ["--seconds", "--warm-up"],
            "intake" => ["--connections", "--seconds", "--warm-up", "--batch", "--bare"],
            "pipeline" => ["--connections", "--seconds", "--warm-up", "--rate", "--webhook", "--sse"],
            _ => null,
        };
        if (allowed is null)
        {
            problem = command == "" ? "A command is missing." : $"'{command}' is not a command.";
            return false;
        }

        var numbers = new Dictionary<string, int>();
        var flags = new HashSet<string>();
        for (var i = 1; i < args.Length; i++)
        {
            var option = args[i];
            problem = null;
            if (!allowed.Contains(option)) problem = $"'{option}' is not an option of {command}.";
            else if (option is "--bare" or "--webhook" or "--sse") flags.Add(option);
            else if (++i < args.Length && int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && (number > 0 || option == "--warm-up"))
                numbers[option] = number;
            else problem = $"{option} takes a whole number above zero.";
            if (problem is not null) return false;
        }

        problem = null;
        arguments = new Arguments
        {
            Command = command,
            Connections = numbers.GetValueOrDefault("--connections", command == "pipeline" ? 256 : 64),
            Length = TimeSpan.FromSeconds(numbers.GetValueOrDefault("--seconds", command == "formats" ? 2 : 10)),
            WarmUp = TimeSpan.FromSeconds(numbers.GetValueOrDefault("--warm-up", 3)),
            Batch = numbers.GetValueOrDefault("--batch", 1),
            Rate = numbers.TryGetValue("--rate", out var rate) ? rate : null,
            Bare = flags.Contains("--bare"),
            Webhook = flags.Contains("--webhook"),
            Sse = flags.Contains("--sse"),
        };
        return true;
    }
}
