using Monitoring.Classification.Storage;
using Monitoring.ServiceDefaults;

namespace Monitoring.Classification;

/// <summary>The service's parts for a command that works on its database; configured as the service is, and nothing of it runs.</summary>
internal static class CommandServices
{
    public static ServiceProvider Build()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddServiceDefaults<ClassificationDb>("classification");
        builder.AddClassification();
        // What a command writes is for its caller.
        builder.Logging.ClearProviders();
        return builder.Services.BuildServiceProvider();
    }
}
