using Monitoring.Classification.Storage;
using Monitoring.ServiceDefaults;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Classification;

/// <summary>The service's parts for a command that works on its database; configured as the service is, and nothing of it runs.</summary>
internal static class CommandServices
{
    /// <summary>Runs a command's work, and says so where the database is away.</summary>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(Func<IServiceProvider, Task<int>> work)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddServiceDefaults<ClassificationDb>("classification");
        builder.AddClassification();
        // What a command writes is for its caller.
        builder.Logging.ClearProviders();
        await using var services = builder.Services.BuildServiceProvider();
        try
        {
            return await work(services);
        }
        catch (Exception exception) when (TransientFaults.IsTransient(exception))
        {
            await Console.Error.WriteLineAsync($"The database cannot be reached, or was lost on the way: {exception.GetBaseException().Message}. What was committed stays; run the command again.");
            return 1;
        }
    }
}
