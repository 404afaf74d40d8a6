using Npgsql;

namespace Monitoring.Load;

/// <summary>Where the system under load is, and what opens it.</summary>
internal sealed class RunningSystem
{
    private readonly Func<string, string?> read;

    private RunningSystem(Func<string, string?> read) => this.read = read;

    public Uri Ingestion => Address("MONITORING_INGESTION_URL");
    public Uri Classification => Address("MONITORING_CLASSIFICATION_URL");
    public Uri Alerting => Address("MONITORING_ALERTING_URL");
    public Uri Dashboard => Address("MONITORING_DASHBOARD_URL");
    public Uri RabbitMq => Address("MONITORING_RABBITMQ");
    public string FeedKey => Required("MONITORING_FEED_KEY");
    public string ApiToken => Required("MONITORING_API_TOKEN");
    public string AdminUser => Required("MONITORING_ADMIN_USER");
    public string AdminPassword => Required("MONITORING_ADMIN_PASSWORD");
    public NpgsqlConnectionStringBuilder Postgres => new(Required("MONITORING_POSTGRES"));

    /// <summary>From the environment, and what is not set there from the checkout's <c>.local/env</c>.</summary>
    public static RunningSystem Find()
    {
        var file = FromFile();
        return new(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : file.GetValueOrDefault(name));
    }

    private static Dictionary<string, string> FromFile()
    {
        var folder = new DirectoryInfo(Directory.GetCurrentDirectory());
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Monitoring.sln"))) folder = folder.Parent;
        var path = Path.Combine(folder?.FullName ?? ".", ".local", "env");
        if (!File.Exists(path)) return [];
        return File.ReadLines(path)
            .Select(line => line.Trim())
            .Select(line => line.StartsWith("export ", StringComparison.Ordinal) ? line[7..] : line)
            .Where(line => line.Contains('=') && !line.StartsWith('#'))
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim().Trim('"', '\''));
    }

    private Uri Address(string name) =>
        Uri.TryCreate(Required(name), UriKind.Absolute, out var address) ? address : throw new UnusableSystemException($"{name} is not an address.");

    private string Required(string name) =>
        read(name) ?? throw new UnusableSystemException($"{name} is neither in the environment nor in .local/env: start the system with deploy/up.");
}

/// <summary>The system under load is not there, or does not let the tool do what it must.</summary>
internal sealed class UnusableSystemException(string message) : Exception(message);
