using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Monitoring.Dashboard.Storage;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Dashboard.Accounts;

/// <summary>The account that is made where there is none, under <c>Admin</c>.</summary>
internal sealed class FirstAdministratorOptions
{
    internal const int ShortestPassword = 10;

    [Required, StringLength(100, MinimumLength = 1)]
    public string User { get; init; } = "admin";

    /// <summary>When absent or empty, one is made up and printed once.</summary>
    [RegularExpression("^(.{10,})?$", ErrorMessage = "Admin:Password must have at least 10 characters; leave it out to have one made up.")]
    public string? Password { get; init; }

    public bool HasPassword => !string.IsNullOrEmpty(Password);
}

/// <summary>Makes the first administrator. Of several copies that start at once one wins, by the unique index on names.</summary>
internal sealed partial class FirstAdministrator(
    IServiceScopeFactory scopes, DatabaseReady ready, IOptions<FirstAdministratorOptions> options, TimeProvider time, ILogger<FirstAdministrator> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        while (true)
        {
            try
            {
                await CreateAsync(stoppingToken);
                return;
            }
            catch (Exception exception) when (TransientFaults.IsTransient(exception))
            {
                LogAway(exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DashboardDb>();
        if (await db.Accounts.AnyAsync(account => account.Role == Role.Administrator, cancellationToken)) return;
        var password = options.Value.HasPassword ? options.Value.Password! : Passwords.Generate();
        var account = new Account { Id = Guid.CreateVersion7(time.GetUtcNow()), UserName = options.Value.User, Role = Role.Administrator, CreatedAt = time.GetUtcNow(), LockoutEnabled = true };
        try
        {
            var result = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, password);
            if (!result.Succeeded)
            {
                LogRefused(string.Join(' ', result.Errors.Select(error => error.Description)));
                return;
            }
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return; // Another copy was quicker.
        }
        // To the console alone, not the log: logs are collected and kept.
        if (!options.Value.HasPassword) await Console.Out.WriteLineAsync($"First administrator: sign in as '{options.Value.User}' with the password '{password}'. It is not shown again.");
        LogCreated(options.Value.User);
    }

    [LoggerMessage(LogLevel.Information, "Made the first administrator, {User}")]
    private partial void LogCreated(string user);

    [LoggerMessage(LogLevel.Error, "The first administrator could not be made: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(LogLevel.Warning, "Making the first administrator waits for Postgres: {Reason}")]
    private partial void LogAway(string reason);
}
