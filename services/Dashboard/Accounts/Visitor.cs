using System.Security.Claims;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Dashboard.Accounts;

/// <summary>Who looks at a page, and what they may do.</summary>
public sealed record Visitor(string Name, Role Role)
{
    public bool MayAct => Role >= Role.Operator;

    /// <summary>How other services are told for whom they are asked.</summary>
    public ActingFor Acting => new(Name, [Wire<Role>.Name(Role)], ScopesOf(Role));

    public static Visitor Of(ClaimsPrincipal user) =>
        user.Identity?.Name is { } name && Wire<Role>.TryParse(user.FindFirst(ClaimTypes.Role)?.Value, out var role)
            ? new(name, role)
            : throw new InvalidOperationException("Nobody is signed in.");

    private static IReadOnlyList<string> ScopesOf(Role role) => role switch
    {
        Role.Viewer => [Scopes.ReportsRead, Scopes.IncidentsRead, Scopes.AlertsRead],
        Role.Operator => [Scopes.ReportsRead, Scopes.IncidentsRead, Scopes.IncidentsCorrect, Scopes.AlertsRead, Scopes.AlertsAct],
        Role.Administrator => Scopes.All,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
