using Microsoft.EntityFrameworkCore;
using Monitoring.Dashboard.Storage;

namespace Monitoring.Dashboard.Accounts;

/// <summary>
/// <c>dotnet Monitoring.Dashboard.dll issue-token --subject deploy --scopes all --days 365</c>: migrates where needed and prints one API
/// token, and nothing else, on the standard output.
/// </summary>
internal sealed record IssueTokenCommand(string Subject, IReadOnlyList<string> Scopes, int Days)
{
    private const string Usage = "usage: issue-token --subject <name> --scopes <all | scope,scope,...> --days <1-3650>";

    public static bool IsAskedFor(string[] args) => args is ["issue-token", ..];

    public static async Task<int> RunAsync(WebApplication app, string[] args)
    {
        if (Parse(args) is not { } command)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DashboardDb>().Database.MigrateAsync();
        var issued = await scope.ServiceProvider.GetRequiredService<TokenBook>()
            .IssueAsync(command.Subject, command.Scopes, TimeSpan.FromDays(command.Days), by: "issue-token", CancellationToken.None);
        await Console.Out.WriteLineAsync(issued.Token);
        return 0;
    }

    internal static IssueTokenCommand? Parse(string[] args)
    {
        if (args.Length != 7) return null;
        var options = args.Skip(1).Chunk(2).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1]);
        if (!options.TryGetValue("--subject", out var subject) || string.IsNullOrWhiteSpace(subject)) return null;
        if (!options.TryGetValue("--days", out var text) || !int.TryParse(text, out var days) || days is < 1 or > 3_650) return null;
        if (!options.TryGetValue("--scopes", out var names) || TokensApi.Known(names.Split(',', StringSplitOptions.TrimEntries)) is not { } scopes) return null;
        return new(subject, scopes, days);
    }
}
