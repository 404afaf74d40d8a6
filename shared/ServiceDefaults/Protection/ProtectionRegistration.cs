using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Monitoring.ServiceDefaults.Protection;

/// <summary>ASP.NET Core Data Protection with its keys in Postgres.</summary>
public static class ProtectionRegistration
{
    /// <summary>
    /// Adds data protection: keys lie in <c>data_protection_keys</c> (<see cref="ProtectionMapping.MapProtectionKeys"/>,
    /// <see cref="ProtectionMigration"/>), wrapped by <c>Protection:Key</c>, which stops the start when it is missing or no key.
    /// </summary>
    public static void AddProtection(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new KeyWrapping(builder.Configuration));
        builder.Services.AddSingleton<DatabaseKeyRepository>();
        builder.Services.AddDataProtection().SetApplicationName("monitoring");
        // It reads the keys while the host starts, which must neither wait for a database that is away nor find one without tables.
        if (builder.Services.FirstOrDefault(service => service.ImplementationType?.Name == "DataProtectionHostedService") is { } early)
            builder.Services.Remove(early);
        builder.Services.AddOptions<KeyManagementOptions>().Configure<DatabaseKeyRepository, KeyWrapping>((options, repository, wrapping) =>
        {
            options.XmlRepository = repository;
            options.XmlEncryptor = wrapping;
        });
    }
}
