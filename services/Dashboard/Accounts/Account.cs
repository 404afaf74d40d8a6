using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Monitoring.Contracts;

namespace Monitoring.Dashboard.Accounts;

/// <summary>What an operator may do, least first; each may what the ones before may.</summary>
[JsonConverter(typeof(WireEnumConverter<Role>))]
public enum Role
{
    /// <summary>Sees everything, changes nothing.</summary>
    Viewer,
    /// <summary>Acts on alerts.</summary>
    Operator,
    /// <summary>Also makes accounts and tokens.</summary>
    Administrator,
}

/// <summary>Somebody who may sign in.</summary>
internal sealed class Account : IdentityUser<Guid>
{
    public required Role Role { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What the sign-in cookie says of an account: id, name and role.</summary>
internal sealed class AccountClaims(UserManager<Account> accounts, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<Account>(accounts, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var types = Options.ClaimsIdentity;
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme, types.UserNameClaimType, types.RoleClaimType);
        identity.AddClaim(new Claim(types.UserIdClaimType, user.Id.ToString()));
        identity.AddClaim(new Claim(types.UserNameClaimType, user.UserName!));
        identity.AddClaim(new Claim(types.RoleClaimType, Wire<Role>.Name(user.Role)));
        identity.AddClaim(new Claim(types.SecurityStampClaimType, await UserManager.GetSecurityStampAsync(user)));
        return identity;
    }
}
