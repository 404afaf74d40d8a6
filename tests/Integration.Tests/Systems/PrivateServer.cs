using System.Globalization;

namespace Monitoring.Integration.Tests.Systems;

/// <summary>A server that one of the <c>deploy/*/private</c> scripts runs, in a folder of its own.</summary>
internal sealed class PrivateServer(string script, string folder, int port, bool shared)
{
    private static readonly Dictionary<string, string> Passwords = new() { ["PGPASSWORD"] = Password, ["RABBITMQ_PASSWORD"] = Password };

    /// <summary>The administrator's, and the services' roles'.</summary>
    public const string Password = "only-for-tests";

    public int Port => port;

    /// <summary>A new one.</summary>
    public static PrivateServer Of(string script) => new(script, Directory.CreateTempSubdirectory("monitoring-").FullName, Ports.Next(), shared: false);

    public Task StartAsync() => shared ? Task.CompletedTask : RunAsync("start", port.ToString(CultureInfo.InvariantCulture));

    public Task StopAsync() => RunAsync("stop");

    /// <summary><c>kill -9</c>.</summary>
    public Task KillAsync() => RunAsync("kill");

    /// <summary>Stops it and removes what it owned; a shared one stays.</summary>
    public async Task RemoveAsync()
    {
        if (shared) return;
        await StopAsync();
        // What the server started may still write for a moment after it has ended.
        await Eventually.IsTrueAsync($"{folder} is removed", TimeSpan.FromSeconds(30), TryDelete);
    }

    private bool TryDelete()
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public Task<string> RunAsync(string verb, params string[] arguments) => Checkout.RunAsync(script, [verb, folder, .. arguments], Passwords);
}
